import { mainFlow } from "../support/flow.ts";
import { test } from "../support/test.ts";

test("the main flow", async ({ site, elsewhere, client }) => mainFlow(site, elsewhere, client));
