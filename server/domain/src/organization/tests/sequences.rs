//! Random sequences of what people do to each other's memberships, through the use cases and on
//! both databases, against a model that only keeps what was granted.
use super::world::{Model, World};
use crate::testing::{Dice, Proof};

/// Acts in a sequence.
const ACTS: usize = 60;

/// One sequence; how many of its acts changed something.
async fn sequence(world: &mut World, dice: &mut Dice) -> usize {
    let mut changes = 0;
    for _ in 0..ACTS {
        let before = world.model.clone();
        let entries = world.entries().await;
        let (act, done) = world.act(dice).await;
        let changed = usize::from(done);
        assert_eq!(world.entries().await, entries + changed, "one entry a change: {act}");
        if !done {
            assert_eq!(world.model, before, "{act}");
        }
        assert_eq!(world.stored().await, world.model.stored(), "after {act}");
        world.model.sound(&act);
        world.everybody_enters_what_they_belong_to(&act).await;
        changes += changed;
    }
    changes
}

crate::both_engines! {
    async fn prove_no_sequence_of_memberships_goes_wrong(t: TestDomain) {
        let proof = Proof::of(format!("R23, R45 memberships, {:?}", t.engine));
        let (sequences, mut changes) = (proof.length(3, 300), 0);
        for number in 0..sequences {
            let mut dice = proof.dice(number);
            let mut world = World::new(&t.domain, number).await;
            changes += sequence(&mut world, &mut dice).await;
        }
        let verified = crate::audit::verify(&t.domain).await.unwrap();
        assert!(verified.broken.is_empty(), "{:?}", verified.broken);
        let acts = sequences * ACTS;
        // Else refusals alone would have been tested.
        assert!(changes * 10 > acts, "{changes} of {acts}");
        proof.holds(&format!("{sequences} sequences, {acts} acts, {changes} changes"));
    }
}

#[test]
#[should_panic(expected = "keeps an Administrator")]
fn a_model_without_an_administrator_is_not_sound() {
    let mut model = Model::new(0);
    model.stores[0].clear();
    model.sound("nothing");
}
