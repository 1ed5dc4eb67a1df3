use super::{Entry, Value};

/// Both sides' changes to a list: what `mine` and `theirs` added is in it and what either took out
/// is not, theirs in their order first. `None` where it is no list, or where both changed the same
/// entry: then a person must decide.
pub fn merge(base: &Value, mine: &Value, theirs: &Value) -> Option<Value> {
    let (Value::List(base), Value::List(mine), Value::List(theirs)) = (base, mine, theirs) else {
        return None;
    };
    let gone = |side: &[Entry]| base.iter().filter(|e| !side.contains(e)).cloned().collect();
    let new = |side: &[Entry]| side.iter().filter(|e| !base.contains(e)).cloned().collect();
    let (mine_gone, theirs_gone): (Vec<Entry>, Vec<Entry>) = (gone(mine), gone(theirs));
    let (mine_new, theirs_new): (Vec<Entry>, Vec<Entry>) = (new(mine), new(theirs));
    // An entry that both took out and replaced was changed by both.
    let both = mine_gone.iter().any(|entry| theirs_gone.contains(entry));
    if both && !mine_new.is_empty() && !theirs_new.is_empty() && mine_new != theirs_new {
        return None;
    }
    let mut merged: Vec<Entry> =
        theirs.iter().filter(|entry| !mine_gone.contains(entry)).cloned().collect();
    merged.extend(mine_new.into_iter().filter(|entry| !theirs.contains(entry)));
    Some(Value::List(merged))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(text: &str) -> Value {
        Value::List(text.split_whitespace().map(|word| Entry::Text(word.into())).collect())
    }

    #[test]
    fn what_either_side_did_is_kept() {
        let merged = |base, mine, theirs| merge(&list(base), &list(mine), &list(theirs));
        assert_eq!(merged("a b", "a b c", "a b d"), Some(list("a b d c")));
        assert_eq!(merged("a b", "b", "a"), Some(list("")));
        assert_eq!(merged("a b", "a x", "b"), Some(list("x")));
        assert_eq!(merged("a b", "a x", "a x"), Some(list("a x")));
        assert_eq!(merged("a b", "a x", "a y"), None);
        assert_eq!(merge(&Value::from("a"), &Value::from("b"), &Value::from("c")), None);
    }
}
