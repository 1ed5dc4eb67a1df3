//! Two sides in turns, A-B-B-A: what drifts on a machine meets both alike.
use crate::Failure;

/// One side's figure and the other's.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// Ours.
    pub ours: f64,
    /// What it is held against.
    pub theirs: f64,
}

/// What came of some pairs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outcome {
    /// The medians of both sides.
    pub median: Pair,
    /// The median of the ratios.
    pub ratio: f64,
    /// The lowest and the highest ratio.
    pub spread: (f64, f64),
}

/// Runs both sides `pairs` times after a warm-up of each.
pub async fn interleaved(
    pairs: usize,
    mut ours: impl AsyncFnMut() -> Result<f64, Failure>,
    mut theirs: impl AsyncFnMut() -> Result<f64, Failure>,
) -> Result<Outcome, Failure> {
    ours().await?;
    theirs().await?;
    let mut found = Vec::with_capacity(pairs);
    for turn in 0..pairs.max(1) {
        found.push(if turn % 2 == 0 {
            let ours = ours().await?;
            Pair { ours, theirs: theirs().await? }
        } else {
            let theirs = theirs().await?;
            Pair { ours: ours().await?, theirs }
        });
    }
    Ok(outcome(&found))
}

fn outcome(pairs: &[Pair]) -> Outcome {
    let ratios: Vec<f64> = pairs.iter().map(|pair| pair.ours / pair.theirs).collect();
    let ours = median(pairs.iter().map(|pair| pair.ours).collect());
    let theirs = median(pairs.iter().map(|pair| pair.theirs).collect());
    let low = ratios.iter().copied().fold(f64::INFINITY, f64::min);
    let high = ratios.iter().copied().fold(0.0, f64::max);
    Outcome { median: Pair { ours, theirs }, ratio: median(ratios), spread: (low, high) }
}

/// The middle one of some values, or the mean of the two in the middle.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.len() {
        0 => 0.0,
        count if count % 2 == 1 => values[middle],
        _ => f64::midpoint(values[middle - 1], values[middle]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::RefCell;

    #[tokio::test]
    async fn sides_take_turns_and_the_median_counts() {
        let order = RefCell::new(String::new());
        let ours = RefCell::new([9.0, 1.0, 2.0, 3.0].into_iter());
        let measured = interleaved(
            3,
            async || {
                order.borrow_mut().push('a');
                ours.borrow_mut().next().ok_or_else(|| "too often".into())
            },
            async || {
                order.borrow_mut().push('b');
                Ok(10.0)
            },
        );
        let outcome = measured.await.unwrap();
        assert_eq!(*order.borrow(), "ababbaab");
        assert_eq!(outcome.median, Pair { ours: 2.0, theirs: 10.0 });
        assert!((outcome.ratio - 0.2).abs() < 1e-9);
        assert!((outcome.spread.0 - 0.1).abs() < 1e-9 && (outcome.spread.1 - 0.3).abs() < 1e-9);
    }
}
