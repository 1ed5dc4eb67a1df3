//! The table, the JSON and the chart.
use crate::Failure;
use serde::Serialize;
use std::{fmt::Write as _, io::Write as _, path::Path};

/// One measured figure.
#[derive(Serialize)]
pub struct Figure {
    /// Its name in the project's list of figures.
    pub id: &'static str,
    /// What it is.
    pub what: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// Ours.
    pub ours: f64,
    /// The other side, measured in the same run.
    pub against: Option<(&'static str, f64)>,
    /// Ours by theirs: the median of the pairs.
    pub ratio: Option<f64>,
    /// The lowest and the highest ratio.
    pub spread: Option<(f64, f64)>,
    /// What is good.
    pub good: f64,
    /// Where to arrive.
    pub aim: f64,
    /// Whether less is better.
    pub less_is_better: bool,
}

impl Figure {
    /// Its line in the table.
    pub fn line(&self) -> String {
        let Figure { id, what, unit, ours, good, aim, .. } = self;
        let mut line = format!("{id:<4} {what}: {} {unit}", short(*ours));
        if let (Some((name, value)), Some(ratio), Some((low, high))) =
            (self.against, self.ratio, self.spread)
        {
            let value = short(value);
            write!(line, " against {value} ({name}): {ratio:.3} [{low:.3} to {high:.3}]").ok();
        }
        line + &format!(", good {good}, aim {aim}")
    }

    /// How far it is on the way to good: 1 is there, more is better.
    fn reached(&self) -> f64 {
        let value = self.ratio.unwrap_or(self.ours);
        if self.less_is_better { self.good / value } else { value / self.good }
    }
}

/// Prints a line.
pub fn say(line: &str) {
    writeln!(std::io::stdout(), "{line}").ok();
}

/// Writes `bench.json` and `bench.svg`.
pub fn write(figures: &[Figure], folder: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(folder)?;
    std::fs::write(folder.join("bench.json"), serde_json::to_string_pretty(figures)? + "\n")?;
    std::fs::write(folder.join("bench.svg"), chart(figures))?;
    Ok(())
}

fn short(value: f64) -> String {
    if value >= 100.0 { format!("{value:.0}") } else { format!("{value:.2}") }
}

const ROW: usize = 34;
/// The height of the line that explains the bars.
const HEAD: usize = 26;
const LEFT: f64 = 330.0;
/// The width of a bar that has arrived at good.
const GOOD: f64 = 150.0;
const LONGEST: f64 = 270.0;

/// A bar a figure; the line is what is good.
fn chart(figures: &[Figure]) -> String {
    let height = HEAD + figures.len() * ROW + 10;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 800 {height}\" \
         font-family=\"system-ui, sans-serif\" font-size=\"12\">\n\
         <rect width=\"800\" height=\"{height}\" fill=\"#fff\"/>\n\
         <text x=\"{LEFT}\" y=\"17\" fill=\"#555\">longer is better; the dashed line is what is good</text>\n"
    );
    for (number, figure) in figures.iter().enumerate() {
        let (y, width) = (HEAD + number * ROW, (figure.reached() * GOOD).clamp(2.0, LONGEST));
        let colour = if figure.reached() >= 1.0 { "#2e7d5b" } else { "#b26a1f" };
        let value = figure.ratio.map_or_else(
            || format!("{} {}", short(figure.ours), figure.unit),
            |ratio| format!("{} {} (ratio {ratio:.3})", short(figure.ours), figure.unit),
        );
        let words = words(figure.what);
        // Beyond the line, which would cross it.
        let (middle, beside) = (y + 17, LEFT + width.max(GOOD) + 8.0);
        writeln!(
            svg,
            "<text x=\"8\" y=\"{middle}\" fill=\"#222\">{} {words}</text>\
             <rect x=\"{LEFT}\" y=\"{y}\" width=\"{width:.0}\" height=\"24\" fill=\"{colour}\"/>\
             <text x=\"{beside:.0}\" y=\"{middle}\" fill=\"#222\">{value}</text>",
            figure.id
        )
        .ok();
    }
    let x = LEFT + GOOD;
    writeln!(
        svg,
        "<path d=\"M{x} {HEAD}V{}\" stroke=\"#222\" stroke-dasharray=\"3\"/>",
        height - 8
    )
    .ok();
    svg + "</svg>\n"
}

/// As much of a text as fits beside its bar.
fn words(what: &str) -> String {
    let end = what.split_once(',').map_or(what, |(first, _)| first);
    end.chars().take(44).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(ours: f64, less_is_better: bool) -> Figure {
        Figure {
            id: "P0",
            what: "something, measured",
            unit: "ms",
            ours,
            against: None,
            ratio: None,
            spread: None,
            good: 10.0,
            aim: 3.0,
            less_is_better,
        }
    }

    #[test]
    fn twice_as_good_is_two_in_either_direction() {
        assert!((figure(5.0, true).reached() - 2.0).abs() < 1e-9);
        assert!((figure(20.0, false).reached() - 2.0).abs() < 1e-9);
    }

    #[test]
    fn results_are_written_as_data_and_as_a_picture() {
        let folder = tempfile::tempdir().unwrap();
        write(&[figure(5.0, true)], folder.path()).unwrap();
        let json = std::fs::read_to_string(folder.path().join("bench.json")).unwrap();
        assert!(json.contains("\"ours\": 5.0"), "{json}");
        let svg = std::fs::read_to_string(folder.path().join("bench.svg")).unwrap();
        assert!(svg.contains("P0 something</text>") && svg.ends_with("</svg>\n"), "{svg}");
    }
}
