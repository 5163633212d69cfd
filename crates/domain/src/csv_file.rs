//! Tables as CSV files.

use crate::{Error, Result};

/// A file of `header` and `rows`. A cell that a spreadsheet would take for a formula begins with an
/// apostrophe.
pub(crate) fn write<const N: usize>(header: [&str; N], rows: impl IntoIterator<Item = [String; N]>) -> Result<String> {
    let broken = |_| Error::Broken("rows can be written as CSV");
    let mut file = csv::Writer::from_writer(Vec::new());
    file.write_record(header).map_err(broken)?;
    for row in rows {
        file.write_record(row.map(neutral)).map_err(broken)?;
    }
    let bytes = file.into_inner().map_err(|_| Error::Broken("memory takes the CSV"))?;
    String::from_utf8(bytes).map_err(|_| Error::Broken("CSV is text"))
}

/// A cell that no spreadsheet takes for a formula.
fn neutral(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell }
}

#[cfg(test)]
mod tests {
    use super::write;

    #[test]
    fn no_cell_is_a_formula() {
        let rows = [["=1+1", "@x"], ["Maya, \"Mo\"", ""]].map(|row| row.map(str::to_owned));
        assert_eq!(write(["a", "b"], rows).unwrap(), "a,b\n'=1+1,'@x\n\"Maya, \"\"Mo\"\"\",\n");
    }
}
