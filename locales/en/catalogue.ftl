### Offerings and their review: subjects, levels, states. Keys begin with "catalogue-".

## The list of tutors

catalogue-title = Find a tutor
catalogue-title-subject = { $subject } tutors
catalogue-status =
    { $everyone ->
        [one] { $total } of { $everyone } tutor
       *[other] { $total } of { $everyone } tutors
    }
catalogue-status-free =
    { $everyone ->
        [one] { $total } of { $everyone } tutor, { $free } free this week
       *[other] { $total } of { $everyone } tutors, { $free } free this week
    }
catalogue-results = Results
catalogue-search = Subject, exam or tutor name
catalogue-remove-filter = Remove filter { $filter }
catalogue-first-page = Back to the first
catalogue-show-more = Show { $count } more
catalogue-shown = { $shown } of { $total }
catalogue-shown-range = { $first }–{ $last } of { $total }
catalogue-empty-title = No tutors yet
catalogue-empty-body = Lessons appear here as soon as the school has approved the first ones. Come back soon.
catalogue-none-title = No tutor fits all of this
catalogue-none-body = Take a filter away, or try another time of the week.

## Its order

catalogue-sort = Sort
catalogue-sort-by = { $order }
catalogue-sort-best = Best match
catalogue-sort-price = Price, low to high
catalogue-sort-price-desc = Price, high to low
catalogue-sort-rating = Rating
catalogue-sort-lessons = Lessons taught

## Its filters

catalogue-subject = Subject
catalogue-any-subject = Any subject
catalogue-level = Level
catalogue-price = Price for 60 minutes
catalogue-price-from = Lowest price
catalogue-price-to = Highest price
catalogue-price-between = to
catalogue-when = When you are free
catalogue-part-morning = to 12
catalogue-part-afternoon = 12–17
catalogue-part-evening = 17 on
catalogue-language = Teaches in
catalogue-any-language = Any language
catalogue-rating = Rating
catalogue-rating-any = Any
catalogue-rating-up = { $rating } and up
catalogue-rating-count =
    { $count ->
        [one] { $count } tutor has 4.8 or more.
       *[other] { $count } tutors have 4.8 or more.
    }
catalogue-trial = Offers a trial lesson
catalogue-show =
    { $count ->
        [0] Apply filters
        [one] Apply ({ $count } tutor now)
       *[other] Apply ({ $count } tutors now)
    }
catalogue-chip-between = { $from } to { $to }
catalogue-chip-from = From { $from }
catalogue-chip-to = Up to { $to }
catalogue-chip-time = { $day } { $part }
catalogue-chip-times =
    { $count ->
        [one] { $count } time of the week
       *[other] { $count } times of the week
    }
