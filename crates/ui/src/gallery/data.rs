//! Lists, tables, messages, figures.

use kernel::{Currency, Money};
use leptos::prelude::*;

use super::section;
use crate::prelude::*;

pub(super) fn sections() -> Vec<AnyView> {
    vec![
        section("lists", "List and table", lists()),
        section("messages", "Say something", messages()),
        section("numbers", "Numbers", numbers()),
        section("waiting", "Waiting and nothing", waiting()),
    ]
}

fn row(order: &'static str, name: &'static str, mood: Mood, status: &'static str, when: &'static str, total: &'static str) -> AnyView {
    view! {
        <tr>
            <td class="drop-m"><a class="cover" href="#lists">{order}</a></td>
            <td class="m-1a"><span class="row"><Avatar id=name name=name size=AvatarSize::S24 />{name}</span></td>
            <td class="m-2b"><Badge mood=mood>{status}</Badge></td>
            <td class="muted m-2a">{when}</td>
            <td class="r strong m-1b">{total}</td>
            <td class="acts drop-m">
                <RowActions>
                    <Menu label="Actions" icon_only=true size=Size::Small>
                        <MenuLink href="#lists" label="Open order" icon=Glyph::ReceiptText />
                        <MenuLink href="#lists" label="Refund" icon=Glyph::Undo2 danger=true />
                    </Menu>
                </RowActions>
            </td>
        </tr>
    }
    .into_any()
}

fn lists() -> AnyView {
    let cols = vec![
        Col::new("Order"),
        Col::new("Student").sortable("#lists", None),
        Col::new("Status"),
        Col::new("When"),
        Col::end("Total").sortable("#lists", Some(Sorted::Descending)),
        Col::hidden("Actions"),
    ];
    view! {
        <div class="cols-2">
            <List label="Lessons">
                <ListRow title="Proof by induction" note="Today, 17:00" href="#lists" lead=view! { <Avatar id="a" name="Eleni Marangou" /> }.into_any() />
                <ListRow title="Connected particles" note="Thu 8 Oct, 16:00" href="#lists" current=true lead=view! { <Avatar id="b" name="Daniel Hale" /> }.into_any() end=view! { <Badge icon=Glyph::Check>"Confirmed"</Badge> }.into_any() />
                <ListRow title="Statistics clinic" note="Sat 10 Oct, 14:00" lead=view! { <Avatar id="c" name="Rhys Llewellyn" /> }.into_any() end=view! { <Button size=Size::Small>"Take a seat"</Button> }.into_any() />
            </List>
            <Timeline>
                <TimelineItem now=true title="Refund of £24.00 sent to Visa 4242" note="6 Oct, 14:02" />
                <TimelineItem title="Cancelled by Maya Patel, 26 h before" note="6 Oct, 14:02" />
                <TimelineItem title="Paid £24.00" note="29 Sep, 18:40" />
            </Timeline>
        </div>
        <Table cols=cols caption="Recent orders" cards=true>
            {row("NS-10516", "Oliver Grant", Mood::Ok, "Paid", "6 Oct, 13:47", "£127.50")}
            {row("NS-10515", "Zara Ahmed", Mood::Warn, "On hold", "6 Oct, 13:41", "£72.00")}
            {row("NS-10512", "Ben Fletcher", Mood::Bad, "Failed", "6 Oct, 11:36", "£48.00")}
            {row("NS-10513", "Isla McKenzie", Mood::Neutral, "Refunded", "6 Oct, 12:20", "£34.00")}
        </Table>
        <Pagination label="Orders" prev="#lists" next="#lists" prev_label="Newer" next_label="Older" summary="4 of 1,506" />
    }
    .into_any()
}

fn messages() -> AnyView {
    view! {
        <div class="cols-2">
            <Callout mood=Mood::Info>"Clocks go back on 25 October. Your 17:00 lessons stay at 17:00."</Callout>
            <Callout mood=Mood::Ok>"Lesson booked. We sent the invitation to maya@northside.example."</Callout>
            <Callout mood=Mood::Warn title="Your payout of £412.30 waits.">"Add a bank account and it leaves on Friday. "<a class="link" href="#messages">"Add account"</a></Callout>
            <Callout mood=Mood::Bad title="Someone else took 17:00.">"You were not charged. 17:30 and 18:30 are free."</Callout>
            <Callout>"Five of six seats are taken."</Callout>
            <Callout mood=Mood::Accent icon=Glyph::Eye action=view! { <Button size=Size::Small>"Stop"</Button> }.into_any()>"You see this page as Maya Patel."</Callout>
        </div>
        <div class="row wrap row-3 top">
            <Toast message="Lesson moved to Thu 8 Oct, 16:00" close_label="Close" action=view! { <button class="btn btn-sm" type="button">"Undo"</button> }.into_any() />
            <Toast message="The file is too large" close_label="Close" kind=ToastKind::Failed />
        </div>
    }
    .into_any()
}

fn numbers() -> AnyView {
    let delta = |text: &str, up, good| Delta { text: text.to_owned(), up, good };
    view! {
        <Stats>
            <Stat label="Sales" value="£48,210.00" delta=delta("12.4 %", true, true) note="from £42,892.00" href="#numbers" />
            <Stat label="Bookings" value="1,506" delta=delta("8.1 %", true, true) note="from 1,393" />
            <Stat label="Hours booked" value="63 %" delta=delta("2 points", false, false) note="of hours offered" />
            <Stat label="Refunded" value="£871.50" note="1.8 % of sales" />
        </Stats>
        <div class="cols-2">
            <div class="stack stack-4">
                <Progress label="Lessons this month" value=2 max=8 text="2 of 8 planned" />
                <Progress label="Practice" value=190 max=300 text="3 h 10 min of 5 h" thin=true />
                <RatingBars rows=[("5", 204), ("4", 7), ("3", 1), ("2", 0), ("1", 0)].map(|(stars, n)| (stars.to_owned(), n, format!("{stars} stars: {n} reviews"))).to_vec() />
            </div>
            <dl class="lines">
                <div><dt>"1-on-1 lesson, 60 min"</dt><dd><MoneyText amount=Money::new(3200, Currency::Gbp) text="£32.00" /></dd></div>
                <div><dt>"Code WELCOME10"</dt><dd><MoneyText amount=Money::new(-320, Currency::Gbp) text="−£3.20" mood=Mood::Ok /></dd></div>
                <div class="tot"><dt>"Total"</dt><dd><MoneyText amount=Money::new(2880, Currency::Gbp) text="£28.80" /></dd></div>
                <div class="due"><dt>"By card"</dt><dd><MoneyText amount=Money::new(1080, Currency::Gbp) text="£10.80" /></dd></div>
            </dl>
        </div>
        <p class="row wrap row-3">
            <DurationText minutes=90 text="1 h 30 min" />
            <TimeText iso="2026-10-06T13:02:00Z" text="2 hours ago" title="Tue 6 Oct 2026, 14:02 London" class="muted" />
            <span>"Held for "<Countdown until="2026-10-06T14:10:00Z" now="2026-10-06T14:00:19Z" text="until 15:10" done="time is up" announce="{n} minutes left" /></span>
        </p>
    }
    .into_any()
}

fn waiting() -> AnyView {
    view! {
        <div class="cols-2">
            <SkeletonRows label="Loading" />
            <Empty icon=Glyph::CalendarPlus title="No lessons yet" body="A 30-minute trial is the cheapest way to find out whether you work well together.">
                <LinkButton href="#waiting" tone=Tone::Primary>"Find a tutor"</LinkButton>
            </Empty>
        </div>
    }
    .into_any()
}
