### Sign-in, sign-up, passwords, verification. Keys begin with "accounts-".

accounts-sign-in-title = Sign in to { $name }
accounts-sign-in-new = New here?
accounts-sign-in-create = Create an account
accounts-sign-in-button = Sign in
accounts-sign-up-title = Create your account at { $name }
accounts-sign-up-known = Have an account already?
accounts-sign-up-button = Create account
accounts-sign-up-password-hint = At least 10 characters. A few words are easier to remember than symbols.
accounts-sign-up-elsewhere = Have an account at another school on WeMaster? Sign up with the same email; its password stays as it is.
accounts-forgot-link = Forgot your password?

## The code that proves an address

accounts-confirm-title = Check your mail
accounts-confirm-sent = We sent a code of eight digits to { $email }. It works for 30 minutes, in this browser.
accounts-confirm-code = Code
accounts-confirm-hint = Eight digits. Look in the spam folder too.
accounts-confirm-button = Confirm
accounts-confirm-resend = Send the code again
accounts-confirm-other = Use another email
accounts-confirm-mailbox = Development: no mail leaves.
accounts-confirm-over-title = This code is over
accounts-confirm-over-body = Start again to get a new one.
accounts-confirm-again = Start again
accounts-done-resent = We sent the code again.
accounts-done-joined = You joined. Sign in with the password of your account.

## A new password

accounts-forgot-title = Forgot your password?
accounts-forgot-body = Enter the email of your account. We send a link with which you choose a new password.
accounts-forgot-button = Send the link
accounts-forgot-sent = If there is an account with this email, a link is on its way. It works once, for 30 minutes. Look in the spam folder too.
accounts-done-reset-sent = The link is on its way.
accounts-reset-title = Choose a new password
accounts-reset-body = You are signed out everywhere, and sign in with the new one.
accounts-reset-password = New password
accounts-reset-button = Save the password
accounts-reset-over-title = This link is over
accounts-reset-again = Ask for a new link
accounts-done-reset = Your password is changed. Sign in with it.

## Password and devices

accounts-security-title = Password and devices
accounts-password-title = Password
accounts-password-body = It is the same at every school on WeMaster. Changing it signs you out everywhere else.
accounts-password-old = Current password
accounts-password-button = Change the password
accounts-done-password = Your password is changed. Other devices are signed out.
accounts-devices-title = Where you are signed in
accounts-devices-body = Sign out what you do not know, and change your password then.
accounts-device = { $browser } on { $system }
accounts-device-unknown = Unknown device
accounts-device-seen = Last used { $time }
accounts-device-from = { $seen }, from { $address }
accounts-device-here = This device
accounts-device-end = Sign out
accounts-device-end-named = Sign out { $device }
accounts-devices-end-all = Sign out everywhere
accounts-done-ended = That device is signed out.
accounts-done-ended-all = You are signed out on every device.

## Invitations

accounts-invitation-title = Join { $name }
accounts-invitation-lead = { $inviter } invites you as: { $roles }.
accounts-invitation-known = You have an account on WeMaster with this email. Its password stays as it is: you sign in with it next.
accounts-invitation-name-hint = How others at the school see you.
accounts-invitation-button = Join { $name }
accounts-invitation-over-title = This invitation is over
