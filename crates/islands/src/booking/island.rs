//! What the browser adds to the calendar.

use super::booking_days;
use leptos::{ev, html::Div, prelude::*, task::spawn_local};
use ui::{
    badge::Mood,
    button::{Button, ButtonKind, Size},
    callout::Callout,
};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement};

/// A finger that moved this far to the side turns the page (CSS pixels).
const SWIPE: i32 = 48;

/// The booking calendar; its children are what [`panel`](super::panel) drew.
#[island]
pub fn BookingCalendar(
    /// The tutor's name in addresses.
    slug: String,
    /// "The times could not be loaded. …"
    failed: String,
    /// "Try again".
    retry: String,
    /// The calendar.
    children: Children,
) -> impl IntoView {
    let calendar = Calendar::new(slug);
    let drawn = calendar.drawn;
    Effect::new(move |_| calendar.wake());
    let touched = StoredValue::new(None::<(i32, i32)>);
    let down = move |touch: ev::TouchEvent| touched.set_value(finger(&touch));
    let up = move |touch: ev::TouchEvent| {
        if let (Some((x, y)), Some((to_x, to_y))) = (touched.get_value(), finger(&touch)) {
            let (dx, dy) = (to_x - x, to_y - y);
            if dx.abs() > SWIPE && dx.abs() > 2 * dy.abs() {
                calendar.step((dx < 0) != is_rtl(), None);
            }
        }
    };
    view! {
        <div class="booking" data-zoned="" node_ref=drawn on:click=move |click| calendar.click(&click) on:keydown=move |key| calendar.key(&key)
            on:touchstart=down on:touchend=up>
            {children()}
        </div>
        {move || {
            calendar.failed.get().map(|href| {
                let (failed, retry) = (failed.clone(), retry.clone());
                let again = move |_: ev::MouseEvent| calendar.go(href.clone(), None);
                let action = view! { <Button size=Size::Small kind=ButtonKind::Button on:click=again>{retry}</Button> }.into_any();
                view! { <Callout mood=Mood::Bad role="alert" action=action>{failed}</Callout> }
            })
        }}
        <p class="sr" role="status">{move || calendar.said.get()}</p>
    }
}

/// Where the one finger was put down or lifted.
fn finger(touch: &ev::TouchEvent) -> Option<(i32, i32)> {
    touch.changed_touches().item(0).map(|finger| (finger.client_x(), finger.client_y()))
}

/// Whether the page reads from right to left.
fn is_rtl() -> bool {
    document().document_element().is_some_and(|root| root.get_attribute("dir").as_deref() == Some("rtl"))
}

/// The living calendar. Copied freely.
#[derive(Clone, Copy)]
struct Calendar {
    slug: StoredValue<String>,
    /// The element that holds what the server drew.
    drawn: NodeRef<Div>,
    /// What changed last, said to screen readers.
    said: RwSignal<String>,
    /// The place that could not be loaded.
    failed: RwSignal<Option<String>>,
    /// The number of the latest request: answers to older ones are dropped.
    asked: StoredValue<u32>,
}

impl Calendar {
    fn new(slug: String) -> Self {
        Self {
            slug: StoredValue::new(slug),
            drawn: NodeRef::new(),
            said: RwSignal::new(String::new()),
            failed: RwSignal::new(None),
            asked: StoredValue::new(0),
        }
    }

    /// One day alone is in the order of the Tab key; the arrow keys lead to the others.
    fn wake(self) {
        let days = self.all(".day");
        let stand = days.iter().position(|day| day.get_attribute("aria-current").as_deref() == Some("true"));
        let stand = stand.or_else(|| days.iter().position(|day| day.has_attribute("href"))).unwrap_or(0);
        for (at, day) in days.iter().enumerate() {
            set(day, "tabindex", if at == stand { "0" } else { "-1" });
        }
    }

    /// The drawn elements of a selector, in order.
    fn all(self, selector: &str) -> Vec<Element> {
        let found = self.drawn.get_untracked().and_then(|root| root.query_selector_all(selector).ok());
        let Some(found) = found else { return Vec::new() };
        (0..found.length()).filter_map(|at| found.get(at)?.dyn_into().ok()).collect()
    }

    /// The drawn element of a key.
    fn keyed(self, key: &str) -> Option<Element> {
        self.drawn.get_untracked().and_then(|root| root.query_selector(&format!("[data-key=\"{key}\"]")).ok().flatten())
    }

    /// Follows a link of the calendar inside the page. With a modifier the browser opens it elsewhere.
    fn click(self, click: &ev::MouseEvent) {
        if click.ctrl_key() || click.meta_key() || click.shift_key() {
            return;
        }
        let Some(link) = target(click).and_then(|target| target.closest("a[data-key][href]").ok().flatten()) else { return };
        let Some(href) = link.get_attribute("href") else { return };
        click.prevent_default();
        // What was chosen shows at once; the server's answer confirms it.
        for kind in [".day", ".slot"] {
            if link.matches(kind).unwrap_or(false) {
                for other in self.all(&format!("{kind}[aria-current=true]")) {
                    drop(other.remove_attribute("aria-current"));
                }
                set(&link, "aria-current", "true");
            }
        }
        self.go(href, None);
    }

    fn key(self, key: &ev::KeyboardEvent) {
        let days = self.all(".day");
        let Some(at) = target(key).and_then(|target| days.iter().position(|day| *day == target)) else { return };
        let Ok(at) = i32::try_from(at) else { return };
        let side = if is_rtl() { -1 } else { 1 };
        match key.key().as_str() {
            "ArrowLeft" => self.walk(&days, at - side),
            "ArrowRight" => self.walk(&days, at + side),
            "ArrowUp" => self.walk(&days, at - 7),
            "ArrowDown" => self.walk(&days, at + 7),
            "Home" => self.walk(&days, (at - column(&days, at)).max(0)),
            "End" => self.walk(&days, (at + 6 - column(&days, at)).min(last(&days))),
            "PageUp" => self.step(false, Some(at)),
            "PageDown" => self.step(true, Some(at)),
            " " => {
                if let Some(day) = usize::try_from(at).ok().and_then(|at| days.get(at)?.dyn_ref::<HtmlElement>().cloned()) {
                    day.click();
                }
            }
            _ => return,
        }
        key.prevent_default();
        key.stop_propagation();
    }

    /// Puts the focus on the day `to`, over the month's edges in the next one.
    fn walk(self, days: &[Element], to: i32) {
        if to < 0 {
            self.step(false, Some(to));
        } else if to > last(days) {
            self.step(true, Some(to - last(days) - 1));
        } else {
            stand(days, to);
        }
    }

    /// Goes to the period before or after, if there is one, with the focus on one of its days
    /// (counted from its end when negative).
    fn step(self, forward: bool, focus: Option<i32>) {
        let href = self.keyed(if forward { "next" } else { "prev" }).and_then(|link| link.get_attribute("href"));
        if let Some(href) = href {
            self.go(href, focus);
        }
    }

    /// Shows the place of a link.
    fn go(self, href: String, focus: Option<i32>) {
        let number = self.asked.get_value() + 1;
        self.asked.set_value(number);
        self.failed.set(None);
        self.busy(true);
        spawn_local(async move {
            let path = href.split('#').next().unwrap_or_default();
            let query = path.split_once('?').map_or("", |(_, query)| query);
            let answer = booking_days(self.slug.get_value(), query.to_owned()).await;
            if self.asked.get_value() != number {
                return;
            }
            self.busy(false);
            match answer {
                Ok(drawn) => {
                    self.show(&drawn.html, focus);
                    self.said.set(drawn.said);
                    remember(path);
                }
                Err(_) => self.failed.set(Some(href)),
            }
        });
    }

    /// Puts in what the server drew, and the focus back to where it was, or to a day.
    fn show(self, html: &str, focus: Option<i32>) {
        let Some(root) = self.drawn.get_untracked() else { return };
        let focused =
            document().active_element().filter(|active| root.contains(Some(active))).and_then(|active| active.get_attribute("data-key"));
        root.set_inner_html(html);
        self.wake();
        if let Some(to) = focus {
            let days = self.all(".day");
            let to = if to < 0 { to + last(&days) + 1 } else { to };
            stand(&days, to.clamp(0, last(&days).max(0)));
        } else if let Some(link) = focused.and_then(|key| self.keyed(&key)) {
            // What was chosen behind a button is hidden again: the button takes the focus.
            let button = link.closest("details").ok().flatten().and_then(|details| details.query_selector("summary").ok().flatten());
            give_focus(button.as_ref().unwrap_or(&link));
        }
    }

    fn busy(self, busy: bool) {
        for calendar in self.all(".cal, .slots, .book-sum") {
            if busy {
                set(&calendar, "aria-busy", "true");
            } else {
                drop(calendar.remove_attribute("aria-busy"));
            }
        }
    }
}

/// The element that an event happened on.
fn target(event: &ev::Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

/// The index of the last day.
fn last(days: &[Element]) -> i32 {
    i32::try_from(days.len()).unwrap_or(0) - 1
}

/// The column of a day in its week.
fn column(days: &[Element], at: i32) -> i32 {
    let lead = days
        .first()
        .and_then(|day| day.closest("tr").ok().flatten())
        .map_or(0, |row| row.query_selector_all("td:empty").map_or(0, |cells| cells.length()));
    (at + i32::try_from(lead).unwrap_or(0)).rem_euclid(7)
}

/// Moves the focus, and the place in the order of the Tab key, to a day.
fn stand(days: &[Element], to: i32) {
    let to = usize::try_from(to).unwrap_or(0);
    for (at, day) in days.iter().enumerate() {
        set(day, "tabindex", if at == to { "0" } else { "-1" });
    }
    if let Some(day) = days.get(to) {
        give_focus(day);
    }
}

fn give_focus(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        drop(element.focus());
    }
}

fn set(element: &Element, name: &str, value: &str) {
    // Fails on a name that is no attribute's; ours are.
    drop(element.set_attribute(name, value));
}

/// Keeps the address in step, so that reloading and sharing lead here.
fn remember(path: &str) {
    let hash = window().location().hash().unwrap_or_default();
    if let Ok(history) = window().history() {
        // A refusal costs nothing: the address is a convenience.
        drop(history.replace_state_with_url(&JsValue::NULL, "", Some(&format!("{path}{hash}"))));
    }
}
