//! Forms and filters.

use leptos::prelude::*;

use super::section;
use crate::prelude::*;

pub(super) fn sections() -> Vec<AnyView> {
    vec![section("form", "Form", form()), section("choices", "Choices", choices()), section("filter", "Choose and filter", filter())]
}

fn form() -> AnyView {
    let subjects = vec![
        Choice::new("maths", "Maths").group("Sciences"),
        Choice::new("physics", "Physics").group("Sciences"),
        Choice::new("french", "French").group("Languages"),
    ];
    let zones = ["Europe/London", "Europe/Madrid", "America/New_York"].map(|zone| Choice::new(zone, zone)).to_vec();
    view! {
        <FormSummary
            title="Two things to fix before we can save."
            errors=vec![
                ErrorLink::at("g-price", "Price: the lowest at Northside is £10.00"),
                ErrorLink::at("g-proof", "Proof: the file is larger than 25 MB"),
            ]
        />
        <div class="cols-2">
            <TextField name="g-name" label="Display name" value="Eleni Marangou" hint="Students see this name." />
            <TextField name="g-price" label="Price for 60 minutes" aside="GBP" prefix="£" value="4.50" inputmode="decimal" num=true error="The lowest price at Northside is £10.00." />
            <SelectField name="g-subject" label="Subject" choices=subjects value="physics" />
            <SelectField name="g-level" label="Level" choices=vec![] empty="Choose a level" error="Choose the level you teach most." />
            <TextField name="g-iban" label="Payout account" value="GB29 •••• •••• 6819" disabled=true hint="Change it under Payouts and tax." />
            <ComboField name="g-zone" label="Time zone" choices=zones value="Europe/London" hint="Type a city." />
            <TextareaField name="g-about" label="About you" aside="212 of 600" rows=3 value="I taught maths for nine years at a comprehensive in Manchester." />
            <PasswordField name="g-password" label="Password" show_label="Show password" error="The e-mail address or the password is wrong." />
            <DateField name="g-date" label="First lesson" value="2026-10-13" hint="Up to eight weeks ahead." />
            <div class="cols-2">
                <TimeField name="g-from" label="From" value="16:00" aside="London" />
                <TimeField name="g-to" label="To" value="15:00" error="Ends before it begins." />
            </div>
            <DateTimeField name="g-at" label="Announce at" value="2026-10-13T17:00" aside="London (BST)" />
            <TextField name="g-length" label="Lesson length" kind="number" value="60" suffix="min" num=true />
            <FileField name="g-file" label="Degree certificate" choose="Choose a file" drop="or drop it here" hint="PDF, JPG or PNG, up to 25 MB. Scanned before anyone can open it." />
            <FileField name="g-proof" label="Proof of address" choose="Choose a file" drop="or drop it here" error="The file is larger than 25 MB. Scan it in grey." />
        </div>
        <div class="form-acts">
            <Button tone=Tone::Primary busy_label="Saving…">"Save profile"</Button>
            <Button tone=Tone::Ghost>"Discard changes"</Button>
        </div>
    }
    .into_any()
}

fn choices() -> AnyView {
    view! {
        <div class="cols-2">
            <div class="stack">
                <Checkbox name="g-accept" label="Accept new students" checked=true />
                <Checkbox name="g-remind" label="Remind me by text message" hint="Costs nothing; one message a lesson." />
                <Checkbox name="g-terms" label="I am over 18" error="You must be over 18 to teach here." />
                <Checkbox name="g-off" label="Cannot be changed" checked=true disabled=true />
                <Switch name="g-search" label="Show me in search" checked=true />
                <Switch name="g-auto" label="Reload the wallet by itself" hint="£60.00 when it falls below £20.00." />
                <Switch name="g-sw-off" label="Not with this plan" disabled=true />
            </div>
            <div class="stack stack-4">
                <RadioGroup
                    name="g-confirm"
                    legend="When someone books"
                    value="ask"
                    choices=vec![
                        Choice::new("now", "Confirm at once"),
                        Choice::new("ask", "Ask me first").note("A request lapses after 24 hours."),
                    ]
                />
                <RadioGroup
                    name="g-why"
                    legend="Why do you cancel?"
                    error="Choose a reason: it decides who is paid."
                    choices=vec![Choice::new("ill", "I am ill"), Choice::new("other", "Something else")]
                />
                <StarChoice name="g-stars" legend="How was the lesson?" value=Some(4) labels=["1 of 5", "2 of 5", "3 of 5", "4 of 5", "5 of 5"].map(str::to_owned) />
            </div>
            <Picks legend="Refund to" legend_shown=true>
                <Pick name="g-refund" value="wallet" label="Wallet" note="At once" end="£24.00" checked=true />
                <Pick name="g-refund" value="card" label="Visa ending 4242" note="5 to 10 days" end="£24.00" />
                <Pick name="g-refund" value="old" label="Mastercard ending 8801" note="Expired" disabled=true />
            </Picks>
            <WhenGrid
                name="g-when"
                caption="When you are free"
                days=[("mon", "M", "Monday"), ("tue", "T", "Tuesday"), ("wed", "W", "Wednesday"), ("thu", "T", "Thursday"), ("fri", "F", "Friday"), ("sat", "S", "Saturday"), ("sun", "S", "Sunday")]
                    .map(|(value, short, full)| (value.to_owned(), short.to_owned(), full.to_owned()))
                    .to_vec()
                parts=[("am", "to 12"), ("pm", "12–17"), ("eve", "17 on")].map(|(value, name)| (value.to_owned(), name.to_owned())).to_vec()
                chosen=["mon-pm", "tue-pm", "wed-pm", "mon-eve", "tue-eve"].map(str::to_owned).to_vec()
            />
        </div>
    }
    .into_any()
}

fn filter() -> AnyView {
    view! {
        <div class="row wrap row-3">
            <Segments label="View" items=vec![Tab::new("#filter", "Day", false), Tab::new("#filter", "Week", true), Tab::new("#filter", "Month", false)] />
            <SegChoice name="g-kind" legend="Kind" value="one" choices=vec![Choice::new("trial", "Trial £12"), Choice::new("one", "1 lesson £32"), Choice::new("pack", "Pack £150")] />
            <Chip label="Maths" href="#filter" />
            <Chip label="A-level" href="#filter" on=true remove_label="Remove filter A-level" />
            <Select name="g-sort" aria_label="Sort" quiet=true value="best" choices=vec![Choice::new("best", "Best match"), Choice::new("price", "Price, low to high")] />
        </div>
        <div class="row wrap">
            <Input name="g-q" kind="search" icon=Glyph::Search placeholder="Subject, exam or tutor name" aria_label="Subject, exam or tutor name" class="grow" />
            <Button icon=Glyph::SlidersHorizontal>"Filters "<span class="count-dot">"3"</span></Button>
        </div>
        <Tabs label="Lessons" items=vec![Tab::new("#filter", "Upcoming", true).count("6"), Tab::new("#filter", "Past", false).count("41"), Tab::new("#filter", "Cancelled", false).count("3")] />
        <Steps label="Booking" done_label=", done" current=1 items=vec![Step::new("Time").href("#filter"), Step::new("Payment"), Step::new("Done")] />
        <Crumbs label="You are here" items=vec![("#filter".to_owned(), "Tutors".to_owned()), ("#filter".to_owned(), "Maths".to_owned())] here="Eleni Marangou" />
        <Pagination label="Tutors" next="#filter" prev_label="Newer" next_label="Older" summary="20 of 1,506" />
    }
    .into_any()
}
