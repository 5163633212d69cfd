# What is kept of people: the page about it, the export, the erasure.

privacy-title = Your data
privacy-lead = What { $school } keeps about you, and what you can do about it.
privacy-export = Download it
privacy-export-body = One archive with everything: as a page to read, as a file for machines, and your files.
privacy-export-button = Download my data
privacy-erase = Have it deleted
privacy-erase-body = Your name, your email address and everything that you wrote or sent goes. What was bought, when and for how much stays in the accounts, as the law demands, without your name; if you taught, receipts and the titles of what you sold stay as they are. You are signed out, and there is no way back.
privacy-erase-elsewhere = Your account stays while you are a member of other schools.
privacy-erase-email = Type your email to confirm
privacy-erase-button = Delete my data
privacy-done-erased = Your data here is being deleted. Within minutes only the accounts are left, without your name.
privacy-former-member = Former member
privacy-export-title = Your data at { $school }
privacy-export-lead = Everything that is kept about you, as of { $time }. The same is in data.json; your files are beside it.
privacy-table-members = You at this school
privacy-table-member-roles = Your roles
privacy-table-accounts = Your account
privacy-table-account-schools = Your schools
privacy-table-account-totp = Your authenticator app
privacy-table-account-recovery-codes = Your recovery codes
privacy-table-account-passkeys = Your passkeys
privacy-table-member-identities = Your accounts elsewhere
privacy-table-login-sessions = Where you are signed in
privacy-table-trusted-devices = Browsers that you trust
privacy-table-login-challenges = Sign-ins under way
privacy-table-email-proofs = Addresses that wait for a code
privacy-table-invitations = Invitations to you
privacy-table-member-imports = Lists of people
privacy-table-consents = What you agreed to
privacy-table-age-statements = What you said of your age
privacy-table-guardian-consents = Your guardians
privacy-table-guardian-consent-versions = What they had before them
privacy-table-orders = Your orders
privacy-table-order-lines = What was ordered
privacy-table-payments = Your payments
privacy-table-refunds = Your refunds
privacy-table-bookings = Your bookings
privacy-table-lessons = Your lessons
privacy-table-claims = Times that were held
privacy-table-trials = Your trial lessons
privacy-table-reviews = Reviews by you and of you
privacy-table-ledger-accounts = Your ledger accounts
privacy-table-ledger-entries = Entries in them
privacy-table-ledger-transactions = Movements of money for your orders
privacy-table-tutors = Your public profile
privacy-table-qualifications = Your qualifications
privacy-table-offerings = What you teach
privacy-table-offering-versions = What you wrote about it
privacy-table-schedules = Your schedule
privacy-table-availability-windows = Your weekly hours
privacy-table-availability-exceptions = Your exceptions
privacy-table-uploads = Your files
privacy-table-mails = Mails to you
privacy-table-audit-entries = What you did, and what was done to you
privacy-table-erasures = Requests for deletion
privacy-cookies = Cookies
privacy-cookies-lead = This site keeps only what it needs to work, in cookies that no other site can read. There is nothing to agree to.
privacy-cookies-none = Nothing here measures, tracks or advertises, and nothing comes from other sites.
privacy-cookie-days = { $count ->
    [one] one day
   *[other] { $count } days
}
privacy-cookie-minutes = { $count ->
    [one] one minute
   *[other] { $count } minutes
}
privacy-cookie-login = Keeps you signed in.
privacy-cookie-device = Remembers that this browser needs no second step, if you said so.
privacy-cookie-proof = Ties the code in our mail to your browser.
privacy-cookie-challenge = Ties the second step of signing in to your browser.
privacy-cookie-newcomer = Remembers who another site said that you are, until you join.
privacy-cookie-theme = Light or dark, as you chose.
privacy-cookie-locale = The language that you chose.
privacy-cookie-zone = The time zone that you chose.
privacy-cookie-browser-zone = The time zone of your browser, so that times are right from the start.
