//! What stands over the page.

use leptos::prelude::*;

use super::section;
use crate::prelude::*;

pub(super) fn sections() -> Vec<AnyView> {
    vec![section("over", "Over the page", over())]
}

fn items() -> AnyView {
    view! {
        <MenuLink href="#over" label="Open lesson" icon=Glyph::Video current=true />
        <MenuLink href="#over" label="Reschedule" icon=Glyph::CalendarClock />
        <MenuForm action="/lessons/calendar" label="Add to calendar" icon=Glyph::CalendarPlus />
        <MenuRule />
        <MenuLink href="#g-cancel" dialog="g-cancel" label="Cancel, refund £32.00" icon=Glyph::X danger=true />
    }
    .into_any()
}

fn over() -> AnyView {
    view! {
        <div class="row wrap row-3">
            <Menu label="Lesson actions" tone=Tone::Secondary from_start=true>{items()}</Menu>
            <Menu label="More" icon_only=true>{items()}</Menu>
            <LinkButton href="#g-cancel" dialog="g-cancel">"Open a dialog"</LinkButton>
            <LinkButton href="#g-sheet" dialog="g-sheet">"Open a sheet"</LinkButton>
            <Popover id="g-popover" label="Why this price?" tone=Tone::Secondary icon=Glyph::CircleHelp>
                <p>"£32.00 for 60 minutes, set by the tutor. Northside adds nothing."</p>
            </Popover>
            <Tooltip id="g-tip" text="Save to your list">
                <button class="btn btn-secondary btn-icon" type="button" aria-label="Save" aria-describedby="g-tip"><Icon name=Glyph::Bookmark /></button>
            </Tooltip>
            <span class="tip">"Save to your list"</span>
        </div>
        <div class="cols-2">
            <div class="dialog is-static" role="group" aria-labelledby="g-static">
                <div class="dialog-head"><h3 class="t-16" id="g-static">"Cancel the lesson on Tue 13 Oct?"</h3></div>
                <p>"It is more than 24 hours away, so you get all of it back: £32.00 to your wallet."</p>
                <DialogFoot>
                    <Button>"Keep lesson"</Button>
                    <Button tone=Tone::Danger>"Cancel, refund £32.00"</Button>
                </DialogFoot>
            </div>
            <div class="menu" role="group" aria-label="A menu, open">{items()}</div>
        </div>
        <Dialog id="g-cancel" title="Cancel the lesson on Tue 13 Oct?" close_label="Close">
            <p>"It is more than 24 hours away, so you get all of it back: £32.00 to your wallet."</p>
            <DialogFoot>
                <LinkButton href="#-" attr:data-close="">"Keep lesson"</LinkButton>
                <Button tone=Tone::Danger>"Cancel, refund £32.00"</Button>
            </DialogFoot>
        </Dialog>
        <Dialog id="g-sheet" title="Edit availability" close_label="Close" kind=DialogKind::Sheet>
            <div class="form">
                <DateField name="g-sheet-date" label="Day" value="2026-10-13" />
                <TimeField name="g-sheet-from" label="From" value="16:00" />
            </div>
            <DialogFoot><Button tone=Tone::Primary>"Save hours"</Button></DialogFoot>
        </Dialog>
    }
    .into_any()
}
