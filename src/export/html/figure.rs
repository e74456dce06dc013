//! What figures have alike: the frame in which they are drawn, and the legend below.

use std::io::{self, Write};

use super::escaped;

/// How wide a letter of a figure is about.
pub const LETTER: f64 = 7.4;

/// Begins a figure: what is drawn may be wider than the page, then it alone moves sideways.
pub fn begin(class: &str, label: &str, [width, height]: [f64; 2], to: &mut dyn Write) -> io::Result<()> {
    let label = escaped(label);
    write!(
        to,
        "<figure>\n<div class=\"wide\" role=\"group\" tabindex=\"0\" aria-label=\"{label}\">\n\
         <svg class=\"{class}\" viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{label}\">\n"
    )
}

/// Ends what is drawn; its caption follows, then the legend.
pub fn caption(to: &mut dyn Write) -> io::Result<()> {
    to.write_all(b"</svg>\n</div>\n<figcaption>")
}

/// Writes what signs of a figure mean, each within 24 by 16 units beside its label; ends the figure.
pub fn legend<'l>(keys: impl Iterator<Item = (String, &'l str)>, to: &mut dyn Write) -> io::Result<()> {
    to.write_all(b"\n<ul class=\"legend\">\n")?;
    for (sign, label) in keys {
        writeln!(
            to,
            "<li><svg class=\"key\" viewBox=\"0 0 24 16\" aria-hidden=\"true\">{sign}</svg> {}</li>",
            escaped(label)
        )?;
    }
    to.write_all(b"</ul>\n</figcaption>\n</figure>\n")
}
