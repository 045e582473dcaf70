# The tool from R: call the command, read its CSV and JSON, read a score table, plot the trend.
#
#   Rscript examples/r/prevalence.R SCORES OUT
#
# SCORES is a score table such as corpora/peer-reviews.scores.parquet, OUT a folder. LLM_PREVALENCE names the command where it is not
# on the path. Packages: jsonlite for JSON, arrow for score tables; without one of them its part is passed over.

command <- Sys.getenv("LLM_PREVALENCE", "llm-prevalence")

# Returns what the command prints, and stops with its message where it fails.
prevalence <- function(...) {
  errors <- tempfile()
  on.exit(unlink(errors))
  printed <- suppressWarnings(system2(command, shQuote(c(..., "--quiet")), stdout = TRUE, stderr = errors))
  status <- attr(printed, "status")
  if (!is.null(status)) stop("llm-prevalence: ", paste(readLines(errors), collapse = "\n"), call. = FALSE)
  paste(printed, collapse = "\n")
}

arguments <- commandArgs(trailingOnly = TRUE)
scores <- if (length(arguments) > 0) arguments[1] else "corpora/peer-reviews.scores.parquet"
out <- if (length(arguments) > 1) arguments[2] else "."
dir.create(out, showWarnings = FALSE, recursive = TRUE)

# CSV: a row per year and source; rows of a year as a whole have "all_llms". Shares are 0 to 1.
csv <- prevalence("trend", scores, "--control-before", "2023-01-01", "--output", "csv")
rows <- read.csv(text = csv)
years <- rows[rows$source == "all_llms", ]
print(years[, c("period", "n_documents", "alpha", "lower", "upper", "misfit_flagged", "text")], row.names = FALSE)

# JSON: everything, also the warnings.
if (requireNamespace("jsonlite", quietly = TRUE)) {
  json <- prevalence("trend", scores, "--control-before", "2023-01-01", "--output", "json")
  record <- jsonlite::fromJSON(json, simplifyVector = FALSE)
  cat(record$headline, "\n")
  for (warning in unlist(record$warnings)) cat("!", warning, "\n")
} else {
  cat("SKIPPED: JSON needs the package jsonlite\n")
}

# A score table: a row per sentence, with its scores and the document's columns, and no text.
if (requireNamespace("arrow", quietly = TRUE)) {
  sentences <- arrow::read_parquet(scores)
  print(names(sentences))
  print(table(sentences$year))
} else {
  cat("SKIPPED: score tables need the package arrow\n")
}

# The trend: points with intervals; hollow where the reference does not fit.
svg(file.path(out, "trend.svg"), width = 6, height = 4)
is_true <- function(column) column %in% c(TRUE, "true")
fits <- !is_true(years$misfit_flagged) & !is_true(years$unlike_text)
plot(
  years$period, 100 * years$alpha, pch = ifelse(fits, 19, 1), ylim = c(0, 100),
  xlab = "", ylab = "LLM share of sentences, %", las = 1, bty = "l"
)
segments(years$period, 100 * years$lower, years$period, 100 * years$upper)
invisible(dev.off())
