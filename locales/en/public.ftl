### The public portal: landing page, tutors, prices. Keys begin with "public-".

public-nav-tutors = Find a tutor
public-nav-prices = Prices
public-nav-policy = Cancellation policy

## The landing page

public-hero = Learn with { $name }
public-hero-body = Choose a tutor at { $name }, see their free times on your own clock, and book a lesson in two minutes.
public-subjects = Subjects
public-levels = Levels
public-price-from = from { $price }
public-best-tutors = Tutors students come back to
public-all-tutors =
    { $count ->
        [one] See the tutor
       *[other] See all { $count } tutors
    }
public-praise = What students say
public-praise-by = { $student }, { $lesson } with
public-how = How it works
public-step-find = Find your tutor
public-step-find-body = Filter by subject, level, price and the hours that suit you. Reviews come only from students who had lessons.
public-step-book = Choose a time and pay
public-step-book-body = Times are shown on your own clock. We hold yours for ten minutes while you pay.
public-step-learn = Learn
public-step-learn-body = You get a confirmation with the calendar entry. Plans change: cancel in time and your money comes back.

## A tutor in a list

public-next-times = Next free times, { $zone }
public-today = Today
public-today-at = today { $time }
public-verified = Verified
public-verified-note = The school has checked identity and qualifications.
public-no-reviews = No reviews yet
public-rating =
    { $count ->
        [one] { $rating } of 5 from { $count } review
       *[other] { $rating } of 5 from { $count } reviews
    }
public-lessons =
    { $count ->
        [0] New here
        [one] { $count } lesson
       *[other] { $count } lessons
    }
public-lessons-taught =
    { $count ->
        [one] { $count } lesson taught
       *[other] { $count } lessons taught
    }
public-tutor-count =
    { $count ->
        [one] { $count } tutor
       *[other] { $count } tutors
    }
public-tutors = Tutors
public-trial-for = Trial { $price }
public-no-trial = No trial
public-no-times-on = { $day }: no free times
public-more-times =
    { $count ->
        [one] { $count } more time, { $day }
       *[other] { $count } more times, { $day }
    }
public-next-free = Next free: { $time }
public-none-this-week = No free times this week

## A tutor's page

public-on-this-page = On this page
public-about = About
public-lessons-and-prices = Lessons and prices
public-qualifications = Qualifications
public-no-qualifications = No qualifications listed.
public-reviews = Reviews
public-teaches-from = Teaches from { $place }
public-teaches-in = Teaches in { $languages }
public-fact-reviews =
    { $count ->
        [one] { $count } review
       *[other] { $count } reviews
    }
public-fact-lessons =
    { $count ->
        [one] lesson taught here
       *[other] lessons taught here
    }
public-fact-students =
    { $count ->
        [one] student
       *[other] students
    }
public-fact-returned = of students came again
public-per-minutes = / { $minutes }
public-offer-trial = { $minutes }, one for each student. See whether you work well together.
public-offer-lesson = { $minutes }. { $description }
public-once = once
public-per-lesson = per lesson
public-choose-time-for = Choose a time: { $offer }, { $minutes }
public-record = { $title }, { $place }
public-years = { $from } to { $to }
public-years-now = { $from } to now
public-reviews-none = No reviews yet. Students can write one after their lesson.
public-reviews-all = Show all { $count } reviews
public-reviews-of = Reviews of { $tutor }
public-first-reviews = Newest
public-reviews-from =
    { $count ->
        [one] from { $count } review
       *[other] from { $count } reviews
    }
public-review-note =
    { $count ->
        [0] { $date }
        [one] { $count } lesson · { $date }
       *[other] { $count } lessons · { $date }
    }
public-stars = { $stars } of 5
public-stars-count =
    { $count ->
        [one] { $stars } stars: { $count } review
       *[other] { $stars } stars: { $count } reviews
    }
public-replied = { $tutor } replied

## Prices

public-prices-intro = Tutors set their own prices. These are today's, for a 1-on-1 lesson scaled to 60 minutes.
public-prices-caption = Prices by subject
public-prices-none = No prices yet
public-price-typical = Typical hour
public-price-range = From – to
public-price-between = { $from } – { $to }
public-price-trial = Trial lesson
public-price-note-tutor = You see the price of every lesson before you book. Nothing is added at the checkout.
public-price-note-hold = Choosing a time costs nothing. It is held for ten minutes while you pay.
public-price-note-fee = Paid lessons can be cancelled by the cancellation policy.

## The cancellation policy

public-hours =
    { $count ->
        [one] { $count } hour
       *[other] { $count } hours
    }
public-days =
    { $count ->
        [one] { $count } day
       *[other] { $count } days
    }
public-policy-intro = What comes back when a lesson is cancelled. The policy of the day you book stays with your order, even if it changes later.
public-policy-student = When you cancel
public-policy-all = Up to { $before } before the lesson: all of the price comes back.
public-policy-all-always = Any time before the lesson: all of the price comes back.
public-policy-part = Up to { $before } before the lesson: { $percent } of the price comes back.
public-policy-part-always = Any time before the lesson: { $percent } of the price comes back.
public-policy-late = Later than { $before } before the lesson: nothing comes back.
public-policy-never = Once booked, nothing comes back.
public-policy-example = For example: a lesson on { $time } for { $price }
public-policy-until = Cancelled by { $time }
public-policy-tutor = When the tutor or the school cancels
public-policy-tutor-body = All of the price comes back, whenever that is.
public-policy-how = How the money comes back
public-policy-how-body = It goes to the card you paid with, by itself. Banks take up to ten days to show it; we write to you when it is on its way.

## The mailbox of a development server

public-mailbox = Mailbox
public-mailbox-empty = No mails yet
public-mailbox-empty-body = Mails that this server writes appear here instead of being sent.
public-mail-to = To { $to }, { $time }
public-mail-html = The mail as HTML
public-mail-text = As plain text
public-mail-calendar = Calendar file
