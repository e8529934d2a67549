# Random stratified samples, and what R's package survey estimates from them: an implementation
# that shares nothing with the SQL. The tests read the two files it writes; R is not needed for them.
#
# Made with R 4.2.2 and survey 4.1-1 (Debian 12: apt-get install --no-install-recommends
# r-cran-survey), in this folder:
#
#     Rscript make_designs.R
#
# designs.csv:   one row is one stratum: its headcount, and its respondents, each as domain and
#                answer ("a4" is in domain a and answered 4, "b-" is in b and did not answer).
# estimates.csv: one row is one domain (all, a, b) of one design; errors with and without finite
#                population correction, empty where R refuses: one respondent alone in a stratum.

suppressMessages(library(survey))
options(survey.lonely.psu = "fail", digits = 17)
set.seed(20230630, kind = "Mersenne-Twister", normal.kind = "Inversion", sample.kind = "Rejection")

N_DESIGNS <- 300
ANSWERS <- list(share = 0:1, scale = 1:5, yes = 1, no = 0)

random_stratum <- function(answers, n, share_a, share_missing) {
  data.frame(
    domain = ifelse(runif(n) < share_a, "a", "b"),
    answer = ifelse(runif(n) < share_missing, NA, answers[sample.int(length(answers), n, TRUE)]),
    headcount = n + sample(c(0, 1, 5, 40, 900), 1)
  )
}

# the first twenty hold a stratum of one; every tenth stratum has nobody in domain a, or no answer
random_design <- function(design) {
  kinds <- if (design %% 10 == 0) c("yes", "no")[1 + design %% 20 / 10] else c("share", "scale")
  answers <- ANSWERS[[sample(kinds, 1)]]
  sizes <- sample(c(2:9, 30, 120), sample(8, 1), TRUE)
  if (design <= 20) sizes[1] <- 1
  strata <- lapply(seq_along(sizes), function(stratum) {
    share_a <- sample(c(0, runif(8), 1), 1)
    share_missing <- sample(c(1, runif(4, 0, 0.5), rep(0, 5)), 1)
    respondents <- random_stratum(answers, sizes[stratum], share_a, share_missing)
    if (sizes[stratum] == 1) respondents$headcount <- respondents$headcount + 1
    cbind(design, stratum, respondents)
  })
  do.call(rbind, strata)
}

# those who did not answer stay in the sample: they are outside of what is estimated
estimate <- function(respondents, domain, fpc) {
  n <- ave(respondents$headcount, respondents$stratum, FUN = length)
  respondents$weight <- respondents$headcount / n
  inside <- !is.na(respondents$answer) & (domain == "all" | respondents$domain == domain)
  if (!any(inside)) return(c(NA, NA))
  tryCatch({
    sample <- svydesign(
      ids = ~1, strata = ~stratum, weights = ~weight, data = respondents,
      fpc = if (fpc) ~headcount
    )
    found <- svymean(~answer, subset(sample, inside))
    c(coef(found), SE(found))
  }, error = function(e) c(weighted.mean(respondents$answer[inside], respondents$weight[inside]), NA))
}

in_words <- function(x) ifelse(is.na(x), "", format(x, digits = 15, trim = TRUE, scientific = FALSE))

designs <- lapply(seq_len(N_DESIGNS), random_design)

strata <- do.call(rbind, lapply(designs, function(respondents) {
  respondents$said <- paste0(
    respondents$domain, ifelse(is.na(respondents$answer), "-", respondents$answer)
  )
  aggregate(said ~ stratum + design + headcount, respondents, paste, collapse = " ")
}))
strata <- strata[order(strata$design, strata$stratum), c("design", "stratum", "headcount", "said")]
names(strata)[4] <- "respondents"

estimates <- do.call(rbind, lapply(designs, function(respondents) {
  do.call(rbind, lapply(c("all", "a", "b"), function(domain) {
    without <- estimate(respondents, domain, fpc = TRUE)
    with <- estimate(respondents, domain, fpc = FALSE)
    data.frame(
      design = respondents$design[1], domain, mean = in_words(without[1]),
      error = in_words(without[2]), error_with_replacement = in_words(with[2])
    )
  }))
}))

write.csv(strata, "designs.csv", row.names = FALSE, quote = FALSE)
write.csv(estimates, "estimates.csv", row.names = FALSE, quote = FALSE)
