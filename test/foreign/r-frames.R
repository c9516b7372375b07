# What R's haven and arrow have to say about cohort files, and files of theirs for the engine.
#
# Run by test/foreign/r.ts, which knows what must come out. Prints lines of fields with tabs between: the
# names of the columns, their classes, their labels, their display formats, then every row, empty where missing.

day <- function(x) {
  parts <- as.POSIXlt(x, tz = "UTC")
  sprintf("%04d-%02d-%02d", parts$year + 1900L, parts$mon + 1L, parts$mday)
}

number <- function(x) {
  x <- as.double(x)
  whole <- !is.na(x) & x == round(x) & abs(x) < 2^53
  ifelse(whole, sprintf("%.0f", x), vapply(x, format, "", digits = 15))
}

texts <- function(x) {
  shown <- if (inherits(x, c("Date", "POSIXt"))) {
    day(x)
  } else if (inherits(x, "integer64")) {
    trimws(format(x))
  } else if (is.factor(x) || is.character(x)) {
    as.character(x)
  } else {
    number(x)
  }
  ifelse(is.na(x), "", shown)
}

kept <- function(frame, name) {
  vapply(frame, function(x) if (is.null(attr(x, name))) "" else attr(x, name), "")
}

tell <- function(frame) {
  classes <- vapply(frame, function(x) class(x)[1], "")
  rows <- do.call(cbind, lapply(frame, texts))
  lines <- rbind(names(frame), classes, kept(frame, "label"), kept(frame, "format.stata"), rows)
  writeLines(enc2utf8(apply(lines, 1, paste, collapse = "\t")), useBytes = TRUE)
}

read_stata <- function(path) tell(haven::read_dta(path))

read_arrow <- function(path) {
  if (endsWith(path, "feather")) tell(arrow::read_feather(path)) else tell(arrow::read_parquet(path))
}

# Named by the version of Stata that it is for: theirs.14.dta.
write_stata <- function(path) {
  version <- as.integer(sub(".*\\.(\\d+)\\.dta$", "\\1", path))
  days <- as.Date(c("2020-02-29", NA, "1950-01-01"))
  frame <- data.frame(
    patient_id = 1:3,
    flag = c(TRUE, FALSE, TRUE),
    size = c(0.1, NA, 1e300),
    tagged = c(1, haven::tagged_na("a"), 3),
    sex = factor(c("F", NA, "M")),
    day = days,
    moment = as.POSIXct(as.character(days), tz = "UTC"),
    month = structure(c(721, NA, -120), format.stata = "%tm"),
    year = structure(c(2020, NA, 1950), format.stata = "%ty"),
    group = haven::labelled(c(1, 2, 2), c(North = 1, South = 2), label = "Where they live"),
    note = c("short", "", strrep("x", if (version == 14) 3000 else 300))
  )
  # haven writes UTF-8 whatever the version; Stata reads it from 14 on.
  if (version > 13) frame$place <- c("Z\u00fcrich \U1F600", "", " M ")
  haven::write_dta(frame, path, version = version)
}

# As frame_to_write of arrow-frames.py, in R's types.
write_arrow <- function(path) {
  frame <- data.frame(
    patient_id = c(3L, 7L, 9L),
    sex = factor(c("F", NA, "M"), levels = c("U", "M", "F")),
    ill = c(TRUE, FALSE, TRUE),
    bmi = c(27.9, NA, 0.1),
    seen = as.Date(c("2020-02-29", NA, "1999-12-31")),
    place = c("Leeds", "", strrep("Z\u00fcrich", 3)),
    imd = factor(c(0, 100, 0))
  )
  if (endsWith(path, "feather")) arrow::write_feather(frame, path) else arrow::write_parquet(frame, path)
}

work <- list(
  read_stata = read_stata,
  read_arrow = read_arrow,
  write_stata = write_stata,
  write_arrow = write_arrow
)
asked <- commandArgs(trailingOnly = TRUE)
invisible(work[[asked[1]]](asked[2]))
