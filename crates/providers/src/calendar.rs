//! iCalendar files (RFC 5545) that a mail carries (iTIP, RFC 5546).

use icalendar::{Calendar, Component, Property};
use jiff::Timestamp;

/// What a calendar should do with the event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Put it in, or update it.
    Request,
    /// Take it out.
    Cancel,
}

impl Method {
    /// As it stands in the file and in the attachment's type.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Request => "REQUEST",
            Self::Cancel => "CANCEL",
        }
    }
}

/// A name and an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// As people read it.
    pub name: String,
    /// The address.
    pub email: String,
}

/// One event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Its identity: the same in every file about it.
    pub uid: String,
    /// Counts its versions; a higher one replaces a lower one.
    pub sequence: i32,
    /// What to do with it.
    pub method: Method,
    /// When this version was made.
    pub stamp: Timestamp,
    /// Start.
    pub starts_at: Timestamp,
    /// End.
    pub ends_at: Timestamp,
    /// Title.
    pub summary: String,
    /// Text below.
    pub description: String,
    /// Its page.
    pub url: String,
    /// Who invites.
    pub organizer: Person,
    /// Who comes.
    pub attendees: Vec<Person>,
}

/// The event as a file. Times are UTC, so no zone rules travel with it.
pub fn file(event: &Event) -> String {
    let cancelled = event.method == Method::Cancel;
    let mut entry = icalendar::Event::new();
    entry
        .uid(&plain(&event.uid))
        .add_property("DTSTAMP", utc(event.stamp))
        .add_property("DTSTART", utc(event.starts_at))
        .add_property("DTEND", utc(event.ends_at))
        .add_property("SEQUENCE", event.sequence.to_string())
        .add_property("STATUS", if cancelled { "CANCELLED" } else { "CONFIRMED" })
        .add_property("TRANSP", if cancelled { "TRANSPARENT" } else { "OPAQUE" })
        .summary(&plain(&event.summary))
        .description(&text(&event.description))
        .add_property("URL", plain(&event.url));
    entry.append_property(person("ORGANIZER", &event.organizer, &[]));
    for attendee in &event.attendees {
        let answered = [("ROLE", "REQ-PARTICIPANT"), ("PARTSTAT", "ACCEPTED"), ("RSVP", "FALSE")];
        entry.append_multi_property(person("ATTENDEE", attendee, &answered));
    }
    let mut calendar = Calendar::empty();
    for (name, value) in
        [("VERSION", "2.0"), ("PRODID", "-//WeMaster//Lessons//EN"), ("CALSCALE", "GREGORIAN"), ("METHOD", event.method.as_str())]
    {
        calendar.append_property(Property::new(name, value));
    }
    calendar.push(entry).to_string()
}

fn utc(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

fn person(name: &str, person: &Person, parameters: &[(&str, &str)]) -> Property {
    let mut property = Property::new(name, format!("mailto:{}", plain(&person.email)));
    // A parameter has no escape for a quotation mark.
    property.add_parameter("CN", &plain(&person.name).replace('"', "'"));
    for (key, value) in parameters {
        property.add_parameter(key, value);
    }
    property.done()
}

/// One line: a line break in a name must not start a property of its own.
fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// Several lines, which the library escapes.
fn text(text: &str) -> String {
    text.chars().filter(|c| *c == '\n' || !c.is_control()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event() -> Event {
        Event {
            uid: "0198@northside.example".into(),
            sequence: 2,
            method: Method::Request,
            stamp: "2026-11-01T09:00:00Z".parse().unwrap(),
            starts_at: "2026-11-16T17:00:00Z".parse().unwrap(),
            ends_at: "2026-11-16T18:00:00Z".parse().unwrap(),
            summary: "Maths; algebra, part 1".into(),
            description: "With Amara\nBring \\paper".into(),
            url: "https://northside.example/student/lessons/1".into(),
            organizer: Person { name: "Northside".into(), email: "no-reply@northside.example".into() },
            attendees: vec![
                Person { name: "Okafor, \"Amara\"".into(), email: "amara@northside.example".into() },
                Person { name: "Eve\r\nATTENDEE:mailto:x@y.z".into(), email: "eve@northside.example".into() },
            ],
        }
    }

    /// Content lines, unfolded.
    fn lines(file: &str) -> Vec<String> {
        file.replace("\r\n ", "").split("\r\n").map(str::to_owned).collect()
    }

    #[test]
    fn a_request() {
        let lines = lines(&file(&event()));
        for line in [
            "METHOD:REQUEST",
            "UID:0198@northside.example",
            "SEQUENCE:2",
            "DTSTAMP:20261101T090000Z",
            "DTSTART:20261116T170000Z",
            "DTEND:20261116T180000Z",
            "STATUS:CONFIRMED",
            r"SUMMARY:Maths\; algebra\, part 1",
            r"DESCRIPTION:With Amara\nBring \\paper",
            "URL:https://northside.example/student/lessons/1",
            "ORGANIZER;CN=Northside:mailto:no-reply@northside.example",
            "ATTENDEE;CN=\"Okafor, 'Amara'\";PARTSTAT=ACCEPTED;ROLE=REQ-PARTICIPANT;RSVP=FALSE:mailto:amara@northside.example",
        ] {
            assert!(lines.iter().any(|l| l == line), "{line} in {lines:#?}");
        }
    }

    #[test]
    fn a_cancellation() {
        let lines = lines(&file(&Event { method: Method::Cancel, sequence: 3, ..event() }));
        for line in ["METHOD:CANCEL", "STATUS:CANCELLED", "SEQUENCE:3", "UID:0198@northside.example"] {
            assert!(lines.iter().any(|l| l == line), "{line}");
        }
    }

    #[test]
    fn a_name_cannot_start_a_line() {
        let lines = lines(&file(&event()));
        assert_eq!(lines.iter().filter(|l| l.starts_with("ATTENDEE")).count(), 2);
    }

    #[test]
    fn lines_are_folded_at_75_octets() {
        let long = Event { description: "á".repeat(300), ..event() };
        assert!(file(&long).split("\r\n").all(|line| line.len() <= 75));
    }
}
