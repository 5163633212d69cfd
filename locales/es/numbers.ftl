### Cómo se escriben los números y el dinero. Las claves empiezan por "number-".

number-decimal = ,
number-group = .
# Los números con menos cifras no se agrupan.
number-group-from = 5

number-money = { $amount }{ "\u00A0" }{ $symbol }
number-money-code = { $amount }{ "\u00A0" }{ $symbol }
number-negative = -{ $money }
number-percent = { $number }{ "\u00A0" }%

# El signo, o el código cuando el signo puede confundirse con el de otra moneda.
number-symbol-eur = €
number-symbol-gbp = £
number-symbol-usd = USD
number-symbol-jpy = ¥
number-symbol-inr = ₹
