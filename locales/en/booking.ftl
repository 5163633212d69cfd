### Choosing a time, lessons and their states. Keys begin with "booking-".

## The calendar

booking-title = Book a lesson
booking-variants = Kind of lesson
booking-chosen-offer = { $offer }, { $minutes }
booking-trial = Trial
booking-view = View
booking-month = Month
booking-week = Week
booking-prev-month = Previous month
booking-next-month = Next month
booking-prev-week = Previous week
booking-next-week = Next week
booking-week-title = { $from } – { $to }
booking-period-summary =
    { $count ->
        [0] { $period }: no free times
        [one] { $period }: { $count } free time
       *[other] { $period }: { $count } free times
    }
booking-day-label =
    { $count ->
        [0] { $day }, no times
        [one] { $day }, { $count } free time
       *[other] { $day }, { $count } free times
    }
booking-times = Free times, { $day }
booking-change-zone = Times are in { $zone }. Change the time zone
booking-none-in = No free times in { $period }.
booking-none-week = No free times in this week.
booking-next-free = Next free: { $time }
booking-nothing-free = No free times in the coming weeks. Come back later, or choose another tutor.
booking-choose = Choose a time
booking-note = { $minutes }, online
booking-tutor-time = { $time } for { $tutor }
booking-hold = Hold { $time } and pay
booking-holding = Holding…
booking-hold-note = We hold the time for 10 minutes. Nothing is charged yet.
booking-failed = The times could not be loaded. Check your connection and try again.
booking-refused = This time was not held
booking-close = Close
booking-not-student = You are signed in, but not as a student here. Sign out and sign in as a student to book.
booking-own-page = This is your own page: students book here.
booking-choose-time = Choose a time

## The cancellation policy, as it applies to one lesson

booking-policy-free = Cancel free until { $time }.
booking-policy-part = { $percent } back until { $time }.
booking-policy-tail = After that nothing comes back.
booking-policy-none = This close to the lesson nothing comes back if you cancel.
