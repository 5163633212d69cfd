### The tutor portal. Keys begin with "tutor-".

tutor-nav-home = Home
tutor-nav-calendar = Calendar
tutor-nav-availability = Availability
tutor-nav-offerings = Offerings
tutor-nav-earnings = Earnings
tutor-nav-profile = Profile

## What every page uses

tutor-kind-one-on-one = 1-on-1
tutor-kind-one-on-one-note = Lessons with one student. Up to six lengths, each with its price.
tutor-kind-trial = Trial
tutor-kind-trial-note = A first lesson to get to know each other. One for each student.
tutor-length-hours = { $hours } h
tutor-length = { $hours } h { $minutes } min
tutor-length-days =
    { $days ->
        [one] { $days } day
       *[other] { $days } days
    }

## What was just done

tutor-done-cancelled = Lesson cancelled. The student gets everything back.
tutor-done-hours = Hours saved
tutor-done-day = Day saved
tutor-done-day-removed = The weekly hours hold on that day again
tutor-done-draft = Draft saved
tutor-done-submitted = Sent for review
tutor-done-withdrawn = Taken back. You can edit it now.
tutor-done-archived = Offering archived
tutor-done-profile = Profile saved
tutor-done-qualification = Qualification added
tutor-done-qualification-removed = Qualification removed

## Home

tutor-home-calendar = Open calendar
tutor-home-next = Next lesson
tutor-home-now = Going on now
tutor-home-until = until { $time }
tutor-home-lesson = { $kind }, { $length } · { $title }
tutor-home-open = Open lesson
tutor-home-today = Today
tutor-home-today-empty = No lessons today
tutor-home-today-empty-body = More open hours make it easier for students to find a time.
tutor-home-later = Later this week
tutor-home-taught-of =
    { $count ->
        [0] None
       *[other] { $taught } of { $count } taught
    }
tutor-home-expected = { $amount } more expected this month
tutor-home-to-do = To do
tutor-task-changes = The school asks for a change
tutor-task-changes-note = The school asks for a change: { $note }
tutor-task-draft = Draft. Send it for review to offer it.
tutor-task-hours = Until then nobody can book you.
tutor-task-offering = Say what you teach and what it costs.
tutor-task-profile = Complete your profile
tutor-task-profile-note = Students find you once it is published.

## This week, on home and beside the calendar

tutor-week-this = This week
tutor-week-other = In this week
tutor-week-lessons = Lessons
tutor-week-booked = Booked
tutor-week-booked-of = { $booked } of { $open } open
tutor-week-earned = Earned so far
tutor-week-expected = Expected

## Calendar

tutor-calendar-month-days = { $from }–{ $to } { $month }
tutor-calendar-days = { $from } – { $to }
tutor-calendar-views = View
tutor-calendar-day = Day
tutor-calendar-week = Week
tutor-calendar-agenda = Agenda
tutor-calendar-today = Today
tutor-calendar-day-before = Previous day
tutor-calendar-day-after = Next day
tutor-calendar-week-before = Previous week
tutor-calendar-week-after = Next week
tutor-calendar-edit-hours = Edit availability
tutor-calendar-closed = No open hours and no lessons
tutor-calendar-closed-body = Students can book you in the hours that you set.
tutor-calendar-label = Calendar, { $days }
tutor-calendar-day-label =
    { $count ->
        [0] { $day }, no lessons
        [one] { $day }, { $count } lesson
       *[other] { $day }, { $count } lessons
    }
tutor-calendar-lesson = { $title }, { $when }
tutor-calendar-choose-day = Choose a day
tutor-calendar-nothing = No lessons
tutor-calendar-whole-week = Whole week
tutor-calendar-week-empty = No lessons in this week
tutor-calendar-week-empty-body = Lessons appear here as soon as they are paid.
tutor-calendar-key = Key
tutor-calendar-key-lesson = Lesson
tutor-calendar-key-taught = Taught
tutor-calendar-key-closed = Not open for booking

## One lesson

tutor-lesson-back = Calendar
tutor-lesson-confirmed = Confirmed
tutor-lesson-taught = Taught
tutor-lesson-cancelled = Cancelled
tutor-lesson-cancelled-by = Cancelled by { $name }, { $when }
tutor-lesson-cancelled-at = Cancelled, { $when }
tutor-lesson-refunded = { $name } gets { $amount } back.
tutor-lesson-student = Student
tutor-lesson-when = When
tutor-lesson-when-hours = Your hours’ zone
tutor-lesson-kind = Lesson
tutor-lesson-order = Order
tutor-lesson-money = Money
tutor-lesson-paid = Student paid
tutor-lesson-given-back = Given back
tutor-lesson-commission = School’s share
tutor-lesson-share = Your share

tutor-cancel-title = Can’t teach it?
tutor-cancel-hint = When you cancel, the student always gets everything back.
tutor-cancel-open = Cancel lesson
tutor-cancel-question = Cancel the lesson on { $when }?
tutor-cancel-body = { $name } gets { $amount } back and a mail about it. Your share of { $share } goes back with it, and the time is open for booking again.
tutor-cancel-keep = Keep lesson
tutor-cancel-button = Cancel lesson and refund { $amount }
tutor-cancel-busy = Cancelling…

## Availability

tutor-hours-note = When students can book you, week by week.
tutor-hours-set = Set your weekly hours
tutor-hours-save = Save hours
tutor-hours-unsaved = These changes are not saved yet.
tutor-hours-weekly = Weekly hours
tutor-hours-midnight = 00:00 as an end is midnight. An end before the start lies on the next day, at most 12 hours later.
tutor-hours-closed = Closed
tutor-hours-copy = Copy to Tue–Fri
tutor-hours-add = Add
tutor-hours-add-day = Add hours on { $day }
tutor-hours-remove = Remove { $day } { $from }–{ $to }
tutor-hours-from = { $day }, from
tutor-hours-to = { $day }, to
tutor-hours-next-day = next day
tutor-hours-no-profile = First, your profile
tutor-hours-no-profile-body = Save your profile once, then set your hours here.

tutor-rules = Rules of booking
tutor-rules-none = None
tutor-rules-days = days
tutor-rules-zone-hint = The clock that your hours are meant on.
tutor-rules-increment = A lesson can start every
tutor-rules-increment-hint = Counted from the start of your hours.
tutor-rules-before = Free before a lesson
tutor-rules-after = Free after a lesson
tutor-rules-notice = Notice
tutor-rules-notice-hint = The least time between booking and lesson.
tutor-rules-horizon = Bookable ahead
tutor-rules-horizon-hint = 1 to 365 days from today.

tutor-preview = Next free times
tutor-preview-note = For a lesson of 60 minutes, with what is shown here. { $zone }
tutor-preview-empty = No free time in the next two weeks.
tutor-preview-broken = Fix the hours to see them.

tutor-days = Days that differ
tutor-days-empty = None. Add holidays, or a day with other hours.
tutor-days-closed = Closed all day
tutor-days-open = Other hours
tutor-days-date = Date
tutor-days-what = On this day
tutor-days-from = From
tutor-days-to = To
tutor-days-add = Add day
tutor-days-remove = Remove { $day }

## Offerings

tutor-offerings-note = What students can book with you.
tutor-offerings-empty = Nothing to book yet
tutor-offerings-empty-body = Describe a lesson, set its price and send it for review. Once approved, students can book it.
tutor-offerings-archived = Archived
tutor-offerings-row = { $kind } · { $subject }
tutor-offerings-from = from { $amount }
tutor-status-live = Live
tutor-status-draft = Draft
tutor-status-in-review = In review
tutor-status-needs-changes = Needs changes
tutor-status-archived = Archived

tutor-offering-new = New offering
tutor-offering-new-note = The school looks at it before students see it.
tutor-offering-live = Live now
tutor-offering-kind = Kind
tutor-offering-title = Title
tutor-offering-title-hint = What students will be able to do, in a few words.
tutor-offering-description = Description
tutor-offering-description-hint = Whom it is for, and what happens in a lesson.
tutor-offering-subject = Subject
tutor-offering-levels = Levels
tutor-offering-for = { $subject } · { $levels }
tutor-offering-prices = Lengths and prices
tutor-offering-prices-hint = 15 to 240 minutes. Clear a row to remove it; save to get another.
tutor-offering-prices-hint-trial = 15 to 240 minutes.
tutor-offering-length = Length
tutor-offering-length-of = Length { $number }
tutor-offering-min = min
tutor-offering-price-of = Price { $number }
tutor-offering-save = Save draft
tutor-offering-submit = Save and send for review
tutor-offering-save-hint = Students see it once the school has approved it.
tutor-offering-save-hint-live = What is live stays as it is until the school has approved the change.
tutor-offering-needs-changes = The school asks for a change
tutor-offering-in-review = In review
tutor-offering-in-review-since = Sent in on { $when }.
tutor-offering-in-review-body = To change something, take it back first.
tutor-offering-withdraw = Take back
tutor-offering-archived = This offering is archived
tutor-offering-archived-body = Nobody can book it any more. Lessons that are booked take place.

tutor-archive-title = No longer offered?
tutor-archive-hint = Booked lessons take place all the same.
tutor-archive-open = Archive
tutor-archive-question = Archive “{ $title }”?
tutor-archive-body = It leaves the catalogue for good. Booked lessons take place all the same.
tutor-archive-keep = Keep it
tutor-archive-button = Archive offering

## Profile

tutor-profile-note = What students read about you.
tutor-profile-public = Public page
tutor-profile-verified = Verified
tutor-profile-hidden = Your profile is published. It appears in the catalogue once one of your offerings is approved.
tutor-profile-headline = Headline
tutor-profile-headline-hint = One line: what you teach, and to whom.
tutor-profile-bio = About you
tutor-profile-bio-hint = How you teach, and what students can expect.
tutor-profile-place = Teaches from
tutor-profile-place-hint = A place, such as “Leeds, England”.
tutor-profile-languages = Languages you teach in
tutor-profile-published = Published
tutor-profile-published-hint = Shown in the catalogue. Needs a headline, a text about you and a language.
tutor-profile-save = Save profile

tutor-qualifications = Qualifications
tutor-qualifications-empty = None yet. Degrees, certificates and posts build trust.
tutor-qualifications-title = Qualification
tutor-qualifications-place = Where
tutor-qualifications-from = From year
tutor-qualifications-to = To year
tutor-qualifications-add = Add qualification
tutor-qualifications-years = { $from }–{ $to }
tutor-qualifications-since = since { $from }
tutor-qualifications-note = { $place }, { $years }
tutor-qualifications-remove = Remove { $title }

## Earnings

tutor-earnings-note = Your share of every lesson, from the school’s ledger.
tutor-earnings-balance = Held for you
tutor-earnings-balance-note = lessons taught and to come
tutor-earnings-taught = Earned from lessons taught
tutor-earnings-to-come = Expected from lessons to come
tutor-earnings-month-note = lessons of this month
tutor-earnings-movements = Movements
tutor-earnings-empty = Nothing earned yet
tutor-earnings-empty-body = Every paid lesson is listed here with what the student paid and your share of it.
tutor-earnings-date = Date
tutor-earnings-lesson = Lesson
tutor-earnings-paid = Paid
tutor-earnings-lesson-note = { $title }, { $when }
tutor-earnings-refund = Refund to { $name }
tutor-earnings-newest = Newest

## The photo

tutor-photo = Photo
tutor-photo-hint = Your face, well lit. It is cut to a square.
tutor-done-photo = Photo uploaded. It shows once it has been checked.
tutor-done-photo-removed = Photo removed
tutor-no-subjects = Your school has no subjects yet. Ask an admin to add some under Subjects.
