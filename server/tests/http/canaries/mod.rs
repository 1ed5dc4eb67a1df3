//! Two organizations whose every text is a canary: people of each ask for everything there is, of
//! their own and with the identifiers of the other, and no canary of one is met by the other, in
//! any answer, mail, file or line of the log. What is asked for comes from the program's own lists
//! of pages, files and functions, so that what is new is asked for as well.
mod marks;
mod pool;
mod side;
mod trial;

use crate::harness::TestApp;
use domain::testing::{Proof, specimen};
use trial::{Tally, Trial};

domain::both_engines! {
    async fn prove_no_canary_of_one_organization_reaches_the_other(t: TestDomain) {
        let proof = Proof::of(format!("R20 canaries, {:?}", t.engine));
        specimen::install();
        let app = TestApp::new(t);
        let (requests, mut tally, mut number) = (proof.length(1_000, 50_000), Tally::default(), 0);
        while tally.requests < requests {
            let trial = Trial::new(&app, proof.dice(number), &mut tally).await;
            let guard = trial.watch();
            trial.run().await;
            drop(guard);
            number += 1;
        }
        // Else nothing was looked for.
        for (operation, asked) in &tally.asked {
            assert!(asked.own > 0 && asked.other > 0, "{operation}: {asked:?}");
        }
        let told: usize = tally.asked.values().map(|asked| asked.told).sum();
        assert!(told * 10 > tally.requests, "own texts in {told} of {}", tally.requests);
        assert!(tally.mails > 0 && tally.logged > 0, "{} {}", tally.mails, tally.logged);
        let Tally { requests, mails, asked, .. } = tally;
        let operations = asked.len();
        proof.holds(&format!(
            "{requests} requests of {operations} kinds, {told} with own texts, {mails} mails, {number} pairs"
        ));
    }
}
