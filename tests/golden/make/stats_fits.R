# Expected values of tests/golden/r_fits.h.
source("tests/golden/make/stats_lib.R"); suppressMessages({library(MASS);library(nortest)})
classes <- function(x, cdf) { n<-length(x); e<-c(); o<-c(); below<-0; from<- -1; k<-0
 repeat { up<-cdf(k); ek<-(up-below)*n; rest<-(1-up)*n
  if (ek<5 && rest>=5) {k<-k+1; next}
  if (rest<5) { ek<-ek+rest; ok<-sum(x>from); if (length(e) && ek<5) { e[length(e)]<-e[length(e)]+ek; o[length(o)]<-o[length(o)]+ok } else {e<-c(e,ek);o<-c(o,ok)}; break }
  e<-c(e,ek); o<-c(o,sum(x>from & x<=k)); from<-k; below<-up; k<-k+1 }
 s<-sum((o-e)^2/e); df<-length(e)-2; if (df<1) c(NA,df,NA) else c(s,df,pchisq(s,df,lower=FALSE)) }
ft <- function(data, formula, dist, x, size=1) { x<-x[!is.na(x)]; z<-qnorm(.975)
 if (dist=="binomial") { n<-length(x); p<-mean(x)/size; est<-p; se<-sqrt(p*(1-p)/(n*size)); ll<-sum(dbinom(x,size,p,log=TRUE)); g<-classes(x,function(k) pbinom(k,size,p)) }
 else { f<-fitdistr(x, if (dist=="poisson") "Poisson" else dist); est<-f$estimate; se<-f$sd; ll<-f$loglik
  g <- switch(dist, normal={a<-ad.test(x);c(a$statistic,NA,a$p.value)}, lognormal={a<-ad.test(log(x));c(a$statistic,NA,a$p.value)},
   exponential={k<-suppressWarnings(ks.test(x,"pexp",est)); c(k$statistic,NA,as.numeric(system2("/usr/bin/python3",c("-c",shQuote(sprintf("from scipy.special import kolmogorov as k; print('%%.17g'%%k(%.17g))",sqrt(length(x))*k$statistic))),stdout=TRUE)))}, poisson=classes(x,function(k) ppois(k,est))) }
 row("fit",data,formula,paste0("dist=",dist,if (dist=="binomial" && size>1) paste0(" size=",size) else ""),estimate=est[1],se=se[1],low=est[1]-z*se[1],high=est[1]+z*se[1],log_lik=ll,aic=2*length(est)-2*ll,bic=length(est)*log(length(x))-2*ll,gof_statistic=g[1],gof_df=g[2],gof_p=g[3],n=length(x)) }
ft("iris","sepal_width_cm","normal",iris2$sepal_width_cm); ft("titanic","age","normal",titanic$age); ft("airquality","Wind","normal",air$Wind)
ft("penguins","body_mass_g","lognormal",peng$body_mass_g); ft("airquality","Ozone","lognormal",air$Ozone); ft("titanic","age","lognormal",titanic$age)
ft("airquality","Ozone","exponential",air$Ozone); ft("insect_sprays","count","exponential",sprays$count); ft("toothgrowth","len","exponential",tooth$len)
ft("insect_sprays","count","poisson",sprays$count); ft("airquality","Temp","poisson",air$Temp); ft("ucb_admissions","Freq","poisson",ucb$Freq)
ft("insect_sprays","count","binomial",sprays$count,40); ft("airquality","Day","binomial",air$Day,31); ft("titanic+lived = survived == 'yes'","lived","binomial",0+(titanic$survived=="yes"))
