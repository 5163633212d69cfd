//! What the parts promise to screen readers, forms and the content security policy.

#![expect(clippy::unwrap_used, reason = "tests")]

use leptos::prelude::*;

use crate::{gallery::Gallery, prelude::*};

/// The HTML of a view, without the comments that mark its dynamic places.
fn html(view: impl FnOnce() -> AnyView) -> String {
    Owner::new().with(|| view().to_html()).replace("<!>", "").replace("<!---->", "")
}

/// The start tag of the first element called `name`.
fn tag<'a>(html: &'a str, name: &str) -> &'a str {
    let start = html.find(&format!("<{name}")).unwrap();
    let end = html[start..].find('>').unwrap();
    &html[start..=start + end]
}

#[test]
fn a_failed_field_comes_back_with_value_error_and_wiring() {
    let html = html(|| {
        view! {
            <TextField name="email" label="E-mail" kind="email" hint="We send the code there." value=Some("a@b") error=Some("Not an address.") required=true />
        }
        .into_any()
    });
    let input = tag(&html, "input");
    for part in [
        r#"id="f-email""#,
        r#"name="email""#,
        r#"type="email""#,
        r#"value="a@b""#,
        r#"aria-invalid="true""#,
        r#"aria-describedby="f-email-err f-email-hint""#,
        " required",
    ] {
        assert!(input.contains(part), "{part} is missing in {input}");
    }
    assert!(tag(&html, "label").contains(r#"for="f-email""#), "{html}");
    assert!(html.contains(r#"id="f-email-err""#) && html.contains(r#"id="f-email-hint""#), "{html}");
}

#[test]
fn a_field_without_error_is_not_invalid() {
    let nothing: Option<String> = None;
    let html = html(|| view! { <TextField name="email" label="E-mail" value=nothing error="" /> }.into_any());
    let input = tag(&html, "input");
    for part in ["aria-invalid", "aria-describedby", "value=", "disabled", "required"] {
        assert!(!input.contains(part), "{part} in {input}");
    }
}

#[test]
fn what_was_typed_is_escaped() {
    let html = html(|| {
        view! {
            <TextField name="q" label="<b>Query</b>" value="\"><script>alert(1)</script>" error="<i>no</i>" />
            <TextareaField name="t" label="Text" value="</textarea><script>alert(2)</script>" />
            <SelectField name="s" label="S" choices=vec![Choice::new("\"x", "<u>x</u>")] />
            <Avatar id="1" name="<x> <y>" />
        }
        .into_any()
    });
    for bad in ["<script", "<b>Query", "<i>no", "<u>x", "<x>", "value=\"\"x"] {
        assert!(!html.contains(bad), "{bad} in {html}");
    }
}

#[test]
fn a_textarea_keeps_the_line_break_it_begins_with() {
    let html = html(|| view! { <TextareaField name="t" label="Text" value="\nfirst" /> }.into_any());
    assert!(html.contains(">\n\nfirst</textarea>"), "{html}");
}

#[test]
fn the_summary_links_to_the_fields_and_is_announced() {
    let html = html(|| {
        view! {
            <FormSummary title="Two things to fix." errors=vec![ErrorLink::at("price[60]", "Too low"), ErrorLink::form("Try again")] />
        }
        .into_any()
    });
    assert!(html.contains(r##"href="#f-price-60-""##), "{html}");
    assert!(tag(&html, "div").contains(r#"role="alert""#) && tag(&html, "div").contains(r#"tabindex="-1""#), "{html}");
    assert!(html.contains("<li>Try again</li>"), "{html}");
    let none = self::html(|| view! { <FormSummary title="Nothing" errors=vec![] /> }.into_any());
    assert!(!none.contains("Nothing"), "{none}");
}

#[test]
fn choices_come_back_chosen() {
    let html = html(|| {
        view! {
            <RadioGroup name="r" legend="R" value="b" error="Choose." choices=vec![Choice::new("a", "A"), Choice::new("b", "B")] />
            <SelectField name="s" label="S" value="2" choices=vec![Choice::new("1", "One").group("G"), Choice::new("2", "Two").group("G")] />
        }
        .into_any()
    });
    let group = tag(&html, "fieldset");
    assert!(group.contains(r#"id="f-r""#) && group.contains(r#"aria-describedby="f-r-err""#), "{group}");
    assert_eq!(html.matches(" checked").count(), 1, "{html}");
    assert!(html.contains(r#"<optgroup label="G">"#), "{html}");
    assert_eq!(html.matches(" selected").count(), 1, "{html}");
    assert_eq!(html.matches("<optgroup").count(), 1, "{html}");
}

#[test]
fn a_button_says_that_it_works() {
    let html = html(|| view! { <Button busy=true busy_label="Paying…" name="do" value="pay">"Pay £32.00"</Button> }.into_any());
    let button = tag(&html, "button");
    for part in [r#"type="submit""#, r#"aria-busy="true""#, r#"data-busy="Paying…""#, r#"name="do""#, r#"value="pay""#] {
        assert!(button.contains(part), "{part} is missing in {button}");
    }
}

#[test]
fn a_disabled_link_leads_nowhere_and_says_so() {
    let html = html(|| view! { <LinkButton href="/next" disabled=true>"Next"</LinkButton> }.into_any());
    let link = tag(&html, "a");
    assert!(!link.contains("href") && link.contains(r#"aria-disabled="true""#) && link.contains(r#"role="link""#), "{link}");
}

#[test]
fn a_sorted_column_says_its_order() {
    let html = html(|| {
        view! {
            <Table caption="Orders" cols=vec![Col::new("A"), Col::end("B").sortable("?sort=b", Some(Sorted::Descending))]>
                <tr><td>"1"</td><td class="r">"2"</td></tr>
            </Table>
        }
        .into_any()
    });
    assert!(html.contains(r#"aria-sort="descending""#) && html.contains(r#"href="?sort=b""#), "{html}");
    assert!(tag(&html, "div").contains(r#"tabindex="0""#), "a region that scrolls is reachable: {html}");
    assert!(html.contains(r#"<caption class="sr">Orders</caption>"#), "{html}");
}

#[test]
fn the_edges_of_a_list_are_not_links() {
    let html = html(|| view! { <Pagination label="Orders" next="?after=x" prev_label="Newer" next_label="Older" /> }.into_any());
    assert_eq!(html.matches("href=\"").count() - html.matches("href=\"/icons").count(), 1, "{html}");
    assert!(html.contains(r#"rel="next""#), "{html}");
}

#[test]
fn a_dialog_opens_without_a_script_and_is_named() {
    let html = html(|| {
        view! {
            <LinkButton href="#cancel" dialog="cancel">"Cancel"</LinkButton>
            <Dialog id="cancel" title="Cancel?" close_label="Close"><p>"Money back."</p></Dialog>
        }
        .into_any()
    });
    let dialog = tag(&html, "dialog");
    assert!(dialog.contains(r#"id="cancel""#) && dialog.contains(r#"aria-labelledby="cancel-title""#), "{dialog}");
    assert!(!dialog.contains(" open"), "{dialog}");
    let link = tag(&html, "a");
    assert!(link.contains(r##"href="#cancel""##) && link.contains(r#"data-dialog="cancel""#), "{link}");
    assert!(html.contains("data-close"), "{html}");
}

#[test]
fn a_week_places_by_classes() {
    let html = html(|| {
        let event = WeekEvent {
            day: 2,
            from: 17 * 60,
            to: 17 * 60 + 50,
            href: Some("/l/1".to_owned()),
            title: "Maya".to_owned(),
            label: "Wed 17:00 to 17:50".to_owned(),
            ..WeekEvent::default()
        };
        view! {
            <WeekGrid label="Week" days=vec![WeekDay::default(); 7] first_hour=8 end_hour=21 hours=vec![] events=vec![event] />
        }
        .into_any()
    });
    assert!(html.contains(r#"class="ev c3 r36 d4""#), "{html}");
    assert!(html.contains(r#"class="week h13 days-7""#), "{html}");
    assert!(html.contains("Wed 17:00 to 17:50"), "{html}");
}

#[test]
fn a_chart_has_its_figures_as_a_table() {
    let html = html(|| {
        let text = ChartText { label: "Sales".to_owned(), table: "Show as table".to_owned(), column: "Day".to_owned(), note: None };
        let data = vec![Datum::new(0, "£0.00"), Datum::new(50, "£0.50"), Datum::new(100, "£1.00")];
        view! {
            <LineChart text=text labels=vec!["Mon".to_owned(), "Tue".to_owned(), "Wed".to_owned()] series=Series::new("Now", data) max=100 scale=vec!["100".to_owned(), "0".to_owned()] />
        }
        .into_any()
    });
    assert!(html.contains(r#"d="M0 2000L5000 1000L10000 0""#), "{html}");
    assert!(html.contains("£0.50</td>") && html.contains(r#"<th scope="row">Tue</th>"#), "{html}");
    assert!(tag(&html, "svg").contains(r#"aria-label="Sales""#), "{html}");
}

#[test]
fn money_and_time_carry_their_machine_value() {
    let html = html(|| {
        let amount = kernel::Money::new(-320, kernel::Currency::Gbp);
        view! {
            <MoneyText amount=amount text="−£3.20" />
            <DurationText minutes=90 text="1 h 30 min" />
            <TimeText iso="2026-10-06T13:02:00Z" text="2 hours ago" />
        }
        .into_any()
    });
    assert!(html.contains(r#"value="-320 GBP""#), "{html}");
    assert!(html.contains(r#"datetime="PT90M""#) && html.contains(r#"datetime="2026-10-06T13:02:00Z""#), "{html}");
}

#[test]
fn the_portal_has_one_main_and_a_way_past_the_menu() {
    let html = html(|| {
        let me = PortalMe {
            id: "1".to_owned(),
            name: "Maya Patel".to_owned(),
            note: "Student".to_owned(),
            photo: None,
            label: "Account".to_owned(),
        };
        let items = vec![NavItem::new("/", "Home", Glyph::House).current(true)];
        view! {
            <PortalShell
                brand=Brand { name: "Northside".to_owned(), href: "/".to_owned(), logo: None }
                label="Student" skip_label="Skip" more_label="More" close_label="Close"
                groups=vec![NavGroup { title: None, items: items.clone() }] bar=items me=me
            >
                <h1>"Home"</h1>
            </PortalShell>
        }
        .into_any()
    });
    assert!(tag(&html, "a").contains(r##"href="#main""##), "{html}");
    assert_eq!(html.matches("<main").count(), 1, "{html}");
    assert_eq!(html.matches(r#"aria-current="page""#).count(), 2, "{html}");
    assert!(html.contains(r##"href="#menu""##) && html.contains(r#"id="menu""#), "{html}");
}

#[test]
fn the_gallery_keeps_to_the_policy_and_its_ids_are_unique() {
    let html = html(|| view! { <Gallery theme=Theme::Dark rtl=true /> }.into_any());
    assert!(html.contains(r#"dir="rtl" data-theme="dark""#), "{}", &html[..200]);
    for bad in [" style=", " onclick=", "javascript:", "<script"] {
        assert!(!html.contains(bad), "{bad}");
    }
    let ids: Vec<&str> = html.split(" id=\"").skip(1).map(|rest| &rest[..rest.find('"').unwrap()]).collect();
    let mut unique = ids.clone();
    unique.sort_unstable();
    unique.dedup();
    assert_eq!(ids.len(), unique.len(), "an id appears twice");
    for (attribute, of) in [("aria-describedby=\"", "describes"), ("aria-labelledby=\"", "labels"), (" for=\"", "label for")] {
        for rest in html.split(attribute).skip(1) {
            for id in rest[..rest.find('"').unwrap()].split(' ') {
                assert!(unique.binary_search(&id).is_ok(), "{of} a missing {id}");
            }
        }
    }
}
