### Ofertas y su revisión: materias, niveles y estados. Las claves empiezan por "catalogue-".

## La lista de profesores

catalogue-title = Encuentra un profesor
catalogue-title-subject = Profesores de { $subject }
catalogue-status =
    { $everyone ->
        [one] { $total } de { $everyone } profesor
       *[other] { $total } de { $everyone } profesores
    }
catalogue-status-free =
    { $everyone ->
        [one] { $total } de { $everyone } profesor, { $free } con horas libres esta semana
       *[other] { $total } de { $everyone } profesores, { $free } con horas libres esta semana
    }
catalogue-results = Resultados
catalogue-search = Materia, examen o nombre del profesor
catalogue-remove-filter = Quitar el filtro { $filter }
catalogue-first-page = Volver al principio
catalogue-show-more = Mostrar { $count } más
catalogue-shown = { $shown } de { $total }
catalogue-shown-range = { $first }–{ $last } de { $total }
catalogue-empty-title = Aún no hay profesores
catalogue-empty-body = Las clases aparecen aquí en cuanto la escuela aprueba las primeras. Vuelve pronto.
catalogue-none-title = Ningún profesor cumple todo esto
catalogue-none-body = Quita algún filtro o prueba otro momento de la semana.

## Su orden

catalogue-sort = Ordenar
catalogue-sort-by = { $order }
catalogue-sort-best = Más adecuados
catalogue-sort-price = Precio, de menor a mayor
catalogue-sort-price-desc = Precio, de mayor a menor
catalogue-sort-rating = Valoración
catalogue-sort-lessons = Clases impartidas

## Sus filtros

catalogue-subject = Materia
catalogue-any-subject = Cualquier materia
catalogue-level = Nivel
catalogue-price = Precio por 60 minutos
catalogue-price-from = Precio mínimo
catalogue-price-to = Precio máximo
catalogue-price-between = a
catalogue-when = Cuándo puedes
catalogue-part-morning = hasta 12
catalogue-part-afternoon = 12–17
catalogue-part-evening = desde 17
catalogue-language = Enseña en
catalogue-any-language = Cualquier idioma
catalogue-rating = Valoración
catalogue-rating-any = Cualquiera
catalogue-rating-up = { $rating } o más
catalogue-rating-count =
    { $count ->
        [one] { $count } profesor tiene 4,8 o más.
       *[other] { $count } profesores tienen 4,8 o más.
    }
catalogue-trial = Ofrece clase de prueba
catalogue-show =
    { $count ->
        [0] Aplicar filtros
        [one] Aplicar (ahora { $count } profesor)
       *[other] Aplicar (ahora { $count } profesores)
    }
catalogue-chip-between = De { $from } a { $to }
catalogue-chip-from = Desde { $from }
catalogue-chip-to = Hasta { $to }
catalogue-chip-time = { $day } { $part }
catalogue-chip-times =
    { $count ->
        [one] { $count } momento de la semana
       *[other] { $count } momentos de la semana
    }
