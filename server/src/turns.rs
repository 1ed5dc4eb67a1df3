//! Who goes first when more is asked for than can be done at once: organizations in turn, however
//! much one of them asks for. Libraries have queues by arrival, where the one who asks most gets
//! most.
use std::{
    collections::{HashMap, VecDeque},
    hash::Hash,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::sync::oneshot;

/// Whose turn it is.
pub trait Key: Clone + Eq + Hash {}

impl<T: Clone + Eq + Hash> Key for T {}

/// Places that are given to those who wait in turns by their key, and among those of one key as they
/// came; cheap to clone.
#[derive(Debug)]
pub struct Turns<K: Key>(Arc<Mutex<Queue<K>>>);

impl<K: Key> Clone for Turns<K> {
    fn clone(&self) -> Turns<K> {
        Turns(self.0.clone())
    }
}

#[derive(Debug)]
struct Queue<K: Key> {
    free: usize,
    /// The most places that one key may have.
    share: usize,
    /// The places of each key that has any.
    taken: HashMap<K, usize>,
    waiting: HashMap<K, VecDeque<oneshot::Sender<Turn<K>>>>,
    /// Each key that somebody waits with, the next one first.
    order: VecDeque<K>,
}

/// A place of a key; when it is dropped, the next one has it.
#[derive(Debug)]
pub struct Turn<K: Key>(Option<(Turns<K>, K)>);

impl<K: Key> Turns<K> {
    /// So many places, of which one key may have a `share`.
    pub fn new(places: usize, share: usize) -> Turns<K> {
        Turns(Arc::new(Mutex::new(Queue {
            free: places,
            share,
            taken: HashMap::new(),
            waiting: HashMap::new(),
            order: VecDeque::new(),
        })))
    }

    /// Waits for a place. Who gives up while waiting leaves the queue.
    pub async fn wait(&self, key: &K) -> Turn<K> {
        match self.enter(key) {
            Ok(turn) => turn,
            // Each sender is in the queue until it sends, and the queue lives as long as `self`.
            Err(next) => next.await.unwrap_or(Turn(None)),
        }
    }

    /// How many wait.
    pub fn waiting(&self) -> usize {
        self.queue().waiting.values().map(VecDeque::len).sum()
    }

    fn queue(&self) -> MutexGuard<'_, Queue<K>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn enter(&self, key: &K) -> Result<Turn<K>, oneshot::Receiver<Turn<K>>> {
        let mut queue = self.queue();
        if queue.take(key) {
            return Ok(Turn(Some((self.clone(), key.clone()))));
        }
        let (sender, receiver) = oneshot::channel();
        let line = queue.waiting.entry(key.clone()).or_default();
        line.push_back(sender);
        if line.len() == 1 {
            queue.order.push_back(key.clone());
        }
        Err(receiver)
    }
}

impl<K: Key> Queue<K> {
    fn has_share(&self, key: &K) -> bool {
        self.taken.get(key).is_none_or(|taken| *taken < self.share)
    }

    /// Takes a place, if there is one for this key.
    fn take(&mut self, key: &K) -> bool {
        let free = self.free > 0 && self.has_share(key);
        if free {
            self.free -= 1;
            *self.taken.entry(key.clone()).or_default() += 1;
        }
        free
    }

    fn give_back(&mut self, key: &K) {
        self.free += 1;
        if let Some(taken) = self.taken.get_mut(key) {
            *taken -= 1;
            if *taken == 0 {
                self.taken.remove(key);
            }
        }
    }

    /// The next one of those who wait and may have a place, with the place taken.
    fn next(&mut self) -> Option<(K, oneshot::Sender<Turn<K>>)> {
        let at = self.order.iter().position(|key| self.has_share(key))?;
        let key = self.order.remove(at)?;
        let line = self.waiting.get_mut(&key)?;
        let next = line.pop_front()?;
        if line.is_empty() {
            self.waiting.remove(&key);
        } else {
            self.order.push_back(key.clone());
        }
        self.take(&key);
        Some((key, next))
    }
}

impl<K: Key> Drop for Turn<K> {
    fn drop(&mut self) {
        let Some((turns, mut key)) = self.0.take() else { return };
        loop {
            let next = {
                let mut queue = turns.queue();
                queue.give_back(&key);
                queue.next()
            };
            let Some((of, next)) = next else { return };
            match next.send(Turn(Some((turns.clone(), of.clone())))) {
                Ok(()) => return,
                // They have gone: their place is given back here, not by one drop within another.
                Err(mut turn) => turn.0 = None,
            }
            key = of;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::FutureExt as _;
    use std::{future::Future, pin::Pin};

    type Waiting = Pin<Box<dyn Future<Output = Turn<u8>>>>;

    /// Somebody who has asked once, and waits.
    fn queued(turns: &Turns<u8>, key: u8) -> Waiting {
        let turns = turns.clone();
        let mut waiting: Waiting = Box::pin(async move { turns.wait(&key).await });
        assert!(waiting.as_mut().now_or_never().is_none(), "there is no place");
        waiting
    }

    fn now(waiting: &mut Waiting) -> Option<Turn<u8>> {
        waiting.as_mut().now_or_never()
    }

    #[tokio::test]
    async fn there_are_so_many_places_and_no_more() {
        let turns = Turns::new(2, 2);
        let (first, _second) = (turns.wait(&1).await, turns.wait(&1).await);
        let mut third = queued(&turns, 1);
        assert_eq!(turns.waiting(), 1);
        drop(first);
        let third = now(&mut third).expect("its turn");
        assert_eq!(turns.waiting(), 0);
        drop(third);
        turns.wait(&2).await;
    }

    #[tokio::test]
    async fn who_asks_for_much_waits_for_those_who_ask_for_little() {
        let turns = Turns::new(1, 1);
        let mut running = turns.wait(&1).await;
        let mut many: Vec<Waiting> = (0..100).map(|_| queued(&turns, 1)).collect();
        let mut few = [queued(&turns, 2), queued(&turns, 3), queued(&turns, 2)];
        let mut order = Vec::new();
        for _ in 0..6 {
            drop(running);
            running = match many.first_mut().and_then(now) {
                Some(turn) => {
                    drop(many.remove(0));
                    order.push(1);
                    turn
                }
                None => {
                    let found = few.iter_mut().enumerate().find_map(|(i, f)| Some((i, now(f)?)));
                    let (index, turn) = found.expect("somebody's turn");
                    few[index] = Box::pin(std::future::pending());
                    order.push([2, 3, 2][index]);
                    turn
                }
            };
        }
        assert_eq!(order, [1, 2, 3, 1, 2, 1]);
    }

    #[tokio::test]
    async fn who_has_gone_is_passed_over_and_loses_no_place() {
        let turns = Turns::new(1, 1);
        let running = turns.wait(&1).await;
        let gone: Vec<Waiting> = (0..1_000).map(|_| queued(&turns, 1)).collect();
        let mut stays = queued(&turns, 1);
        let (given, mut last) = (queued(&turns, 1), queued(&turns, 1));
        drop(gone);
        drop(running);
        drop(now(&mut stays).expect("its turn"));
        // This one was given its place and goes without having looked.
        drop(given);
        drop(now(&mut last).expect("the place of the one that has gone"));
        assert_eq!(turns.waiting(), 0);
        turns.wait(&1).await;
    }

    #[tokio::test]
    async fn one_key_leaves_places_to_the_others() {
        let turns = Turns::new(3, 2);
        let (first, _second) = (turns.wait(&1).await, turns.wait(&1).await);
        let mut third = queued(&turns, 1);
        let other = turns.wait(&2).await;
        drop(other);
        assert!(now(&mut third).is_none(), "it has its share");
        drop(first);
        assert!(now(&mut third).is_some());
    }
}
