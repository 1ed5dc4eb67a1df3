//! People who ask: each as soon as they are answered (closed loop: how many requests a second), or
//! at their times whether or not the answers keep up (open loop: how long one waits).
use crate::Failure;
use futures::future::try_join_all;
use std::{
    cell::Cell,
    time::{Duration, Instant},
};

/// Somebody who does one thing over and over.
pub trait Visitor {
    /// Does it once; how long the first byte took. A wrong answer is a failure.
    async fn step(&mut self) -> Result<Duration, Failure>;
}

/// Everybody at once for a while; how many steps a second were done.
pub async fn closed<V: Visitor>(visitors: &mut [V], time: Duration) -> Result<f64, Failure> {
    let (start, steps) = (Instant::now(), Cell::new(0_u32));
    let one = async |visitor: &mut V| {
        while start.elapsed() < time {
            visitor.step().await?;
            steps.set(steps.get() + 1);
        }
        Ok::<_, Failure>(())
    };
    try_join_all(visitors.iter_mut().map(one)).await?;
    Ok(f64::from(steps.get()) / start.elapsed().as_secs_f64())
}

/// `rate` steps a second, each begun at its time by whoever is free; how long each took from that
/// time on, the shortest first. So a server that stalls is charged for all that waited.
pub async fn open<V: Visitor>(
    visitors: &mut [V],
    rate: f64,
    time: Duration,
) -> Result<Vec<Duration>, Failure> {
    let (start, next) = (Instant::now(), Cell::new(0_u32));
    let one = async |visitor: &mut V| {
        let mut took = Vec::new();
        loop {
            let due =
                start + Duration::from_secs_f64(f64::from(next.replace(next.get() + 1)) / rate);
            if due >= start + time {
                return Ok::<_, Failure>(took);
            }
            until(due).await;
            let late = due.elapsed();
            took.push(late + visitor.step().await?);
        }
    };
    let mut took = try_join_all(visitors.iter_mut().map(one)).await?.concat();
    took.sort_unstable();
    Ok(took)
}

/// The runtime's timer is a millisecond coarse: the rest is waited for by asking again.
async fn until(due: Instant) {
    let coarse = Duration::from_millis(2);
    if let Some(left) = due.checked_duration_since(Instant::now() + coarse) {
        tokio::time::sleep(left).await;
    }
    while Instant::now() < due {
        tokio::task::yield_now().await;
    }
}

/// The value that `share` of the sorted ones do not exceed.
pub fn percentile(sorted: &[Duration], share: f64) -> Duration {
    let at = (sorted.len() as f64 * share).ceil() as usize;
    sorted.get(at.saturating_sub(1)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_a_value_that_was_measured() {
        let sorted: Vec<_> = (1..=200).map(Duration::from_millis).collect();
        assert_eq!(percentile(&sorted, 0.5), Duration::from_millis(100));
        assert_eq!(percentile(&sorted, 0.99), Duration::from_millis(198));
        assert_eq!(percentile(&sorted, 1.0), Duration::from_millis(200));
        assert_eq!(percentile(&[], 0.5), Duration::ZERO);
    }

    struct Slow(u32);

    impl Visitor for Slow {
        async fn step(&mut self) -> Result<Duration, Failure> {
            self.0 += 1;
            tokio::task::yield_now().await;
            if self.0 == 5 { Err("wrong".into()) } else { Ok(Duration::ZERO) }
        }
    }

    #[tokio::test]
    async fn a_wrong_answer_ends_it() {
        let mut visitors = [Slow(0), Slow(2)];
        assert!(closed(&mut visitors, Duration::from_secs(60)).await.is_err());
    }
}
