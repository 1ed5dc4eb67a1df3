import { mainFlow } from "../support/flow.ts";
import { test } from "../support/test.ts";

test("the main flow", { tag: "@main" }, async ({ site, elsewhere, client }) => mainFlow(site, elsewhere, client));
