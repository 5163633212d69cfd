### How dates and times are written. Keys begin with "date-". The clock has 24 hours.

## Patterns

date-long = { $weekday } { $day } { $month } { $year }
date-medium = { $weekday } { $day } { $month }
date-short = { $day } { $month }
date-short-year = { $day } { $month } { $year }
date-month-year = { $month } { $year }
date-time = { $date }, { $time }
# In the hour that comes twice when the clocks go back.
date-time-folded = { $time } ({ $offset })
date-time-range = { $from }–{ $to }
date-zone = { $place } ({ $zone })
date-duration-minutes = { $minutes } min

## Days

date-now = now
date-today = today
date-tomorrow = tomorrow
date-yesterday = yesterday

## How far away

date-minutes-ahead =
    { $count ->
        [one] in { $count } minute
       *[other] in { $count } minutes
    }
date-minutes-ago =
    { $count ->
        [one] { $count } minute ago
       *[other] { $count } minutes ago
    }
date-hours-ahead =
    { $count ->
        [one] in { $count } hour
       *[other] in { $count } hours
    }
date-hours-ago =
    { $count ->
        [one] { $count } hour ago
       *[other] { $count } hours ago
    }
date-days-ahead =
    { $count ->
        [one] in { $count } day
       *[other] in { $count } days
    }
date-days-ago =
    { $count ->
        [one] { $count } day ago
       *[other] { $count } days ago
    }
date-months-ahead =
    { $count ->
        [one] in { $count } month
       *[other] in { $count } months
    }
date-months-ago =
    { $count ->
        [one] { $count } month ago
       *[other] { $count } months ago
    }
date-years-ahead =
    { $count ->
        [one] in { $count } year
       *[other] in { $count } years
    }
date-years-ago =
    { $count ->
        [one] { $count } year ago
       *[other] { $count } years ago
    }

## Months

date-month-1 = January
date-month-2 = February
date-month-3 = March
date-month-4 = April
date-month-5 = May
date-month-6 = June
date-month-7 = July
date-month-8 = August
date-month-9 = September
date-month-10 = October
date-month-11 = November
date-month-12 = December
date-month-short-1 = Jan
date-month-short-2 = Feb
date-month-short-3 = Mar
date-month-short-4 = Apr
date-month-short-5 = May
date-month-short-6 = Jun
date-month-short-7 = Jul
date-month-short-8 = Aug
date-month-short-9 = Sep
date-month-short-10 = Oct
date-month-short-11 = Nov
date-month-short-12 = Dec

## Days of the week, from Monday

date-weekday-1 = Monday
date-weekday-2 = Tuesday
date-weekday-3 = Wednesday
date-weekday-4 = Thursday
date-weekday-5 = Friday
date-weekday-6 = Saturday
date-weekday-7 = Sunday
date-weekday-short-1 = Mon
date-weekday-short-2 = Tue
date-weekday-short-3 = Wed
date-weekday-short-4 = Thu
date-weekday-short-5 = Fri
date-weekday-short-6 = Sat
date-weekday-short-7 = Sun
date-weekday-narrow-1 = M
date-weekday-narrow-2 = T
date-weekday-narrow-3 = W
date-weekday-narrow-4 = T
date-weekday-narrow-5 = F
date-weekday-narrow-6 = S
date-weekday-narrow-7 = S

## Regions of the time zones

date-region-africa = Africa
date-region-america = America
date-region-antarctica = Antarctica
date-region-arctic = Arctic
date-region-asia = Asia
date-region-atlantic = Atlantic
date-region-australia = Australia
date-region-europe = Europe
date-region-indian = Indian Ocean
date-region-pacific = Pacific
date-region-other = Other
