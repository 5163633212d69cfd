### The platform's own host: new tenants, directory. Keys begin with "platform-".

platform-start = Open your school

## The front page

platform-hero = The site, the calendar and the money of your tutoring school
platform-hero-body = Your tutors set their hours, your students book and pay in two minutes, and every penny is in a ledger you can trust.
platform-see-schools = See the schools
platform-schools = Schools on WeMaster
platform-school-count =
    { $count ->
        [one] { $count } school
       *[other] { $count } schools
    }
platform-school-facts = { $languages } · { $currency } · { $zone }
platform-none-title = No schools yet
platform-none-body = Open the first one: it works at its own address at once.
platform-points = What you get
platform-point-site = A site of your own
platform-point-site-body = Your address, your name and colour, your tutors and prices. In English and Spanish, on phones and without an app.
platform-point-booking = Booking that cannot clash
platform-point-booking-body = Free times follow your tutors' hours across time zones and clock changes. One time is sold once.
platform-point-money = Money that adds up
platform-point-money-body = Payments by card, refunds by your policy, your commission and your tutors' share, booked to the penny.

## Opening a school

platform-new-title = Open your school
platform-new-body = It works at its own address as soon as you type the code that we mail you. Everything but the address and the currency can be changed later.
platform-new-school = The school
platform-new-admin = Your account
platform-name = Name of the school
platform-slug = Address
platform-slug-hint = Your school opens at { $address }. Leave it empty and we make it from the name.
platform-slug-example = your-school
platform-brand = Colour
platform-brand-hint = Buttons and links have this colour. A dark or strong one reads best.
platform-currency = Currency
platform-currency-hint = What your students pay in.
platform-zone-hint = For your statistics, and for readers who have not said where they are.
platform-password-hint = At least 10 characters. If you have an account at another school already, use the same email and password.
platform-open = Open the school
platform-opening = Opening…
platform-done-founded = Your school is open. Sign in to set it up.
