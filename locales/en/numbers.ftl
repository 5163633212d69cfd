### How numbers and money are written. Keys begin with "number-".

number-decimal = .
number-group = ,
# Numbers of fewer digits are not grouped.
number-group-from = 4

number-money = { $symbol }{ $amount }
number-money-code = { $symbol }{ "\u00A0" }{ $amount }
number-negative = -{ $money }
number-percent = { $number }{ "\u00A0" }%

# The sign, or the code where the sign could be taken for another currency's.
number-symbol-eur = €
number-symbol-gbp = £
number-symbol-usd = $
number-symbol-jpy = ¥
number-symbol-inr = ₹
