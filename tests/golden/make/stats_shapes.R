# Expected values of tests/golden/r_shapes.h.
source("tests/golden/make/stats_lib.R"); suppressMessages({library(effectsize); library(nortest)})
ncp <- function(x, df, scale, most=1) { f <- function(q) if (pchisq(x,df,lower=FALSE)>=q) 0 else uniroot(function(l) pchisq(x,df,l,lower=FALSE)-q, c(0, 10*x+200), tol=1e-13)$root
  pmin(most, c(f(.025), f(.975))/scale) }
kw <- function(data, formula, x, g) { k <- kruskal.test(x, factor(g)); n <- sum(!is.na(x)&!is.na(g)); i <- ncp(k$statistic,k$parameter,n-1)
  e <- suppressWarnings(rank_epsilon_squared(x, factor(g), ci=NULL)) [[1]]
  row("kruskal",data,formula,"",statistic=k$statistic,df=k$parameter,p=k$p.value,epsilon_sq=e,effect_low=i[1],effect_high=i[2],n=n) }
kw("insect_sprays","count ~ spray",sprays$count,sprays$spray)
kw("airquality","Ozone ~ Month",air$Ozone,air$Month)
kw("iris","sepal_width_cm ~ class",iris2$sepal_width_cm,iris2$class)
kw("titanic","age ~ passengerClass",titanic$age,titanic$passengerClass)
kw("toothgrowth","len ~ dose",tooth$len,tooth$dose)
kw("penguins","flipper_length_mm ~ island",peng$flipper_length_mm,peng$island)
fr <- function(test,data,formula,opts,m,eff) { m <- m[complete.cases(m),]; f <- friedman.test(m); i <- ncp(f$statistic,f$parameter,nrow(m)*(ncol(m)-1))
  v <- list(test,data,formula,opts,statistic=f$statistic,df=f$parameter,p=f$p.value); v[[eff]] <- unname(f$statistic)/(nrow(m)*(ncol(m)-1))
  do.call(row, c(v, list(effect_low=i[1],effect_high=i[2],n=nrow(m)))) }
wide <- function(v) tapply(v, list(air$Day, air$Month), function(z) z[1])
fr("friedman","airquality","Temp ~ Month | Day","",wide(air$Temp),"kendall_w")
fr("friedman","airquality","Wind ~ Month | Day","",wide(air$Wind),"kendall_w")
fr("friedman","airquality","Solar.R ~ Month | Day","",wide(air$Solar.R),"kendall_w")
u <- xtabs(Freq ~ Dept + I(paste(Admit,Gender)), ucb)
fr("friedman","ucb_admissions?Admit == 'Admitted'","Freq ~ Gender | Dept","",tapply(ucb$Freq[ucb$Admit=="Admitted"],list(ucb$Dept[ucb$Admit=="Admitted"],ucb$Gender[ucb$Admit=="Admitted"]),sum),"kendall_w")
uu <- ucb[ucb$Gender=="Male",]
fr("friedman","ucb_admissions?Gender == 'Male'","Freq ~ Admit | Dept","",tapply(uu$Freq,list(uu$Dept,uu$Admit),sum),"kendall_w")
for (k in c(70,76,80,85)) fr("cochran_q",sprintf("airquality+y = Temp > %d",k),"y ~ Month | Day","",wide(0+(air$Temp>k)),"eta_sq")
fr("cochran_q","airquality+y = Wind > 9","y ~ Month | Day","",wide(0+(air$Wind>9)),"eta_sq")
k1 <- function(data,formula,opts,x,...) { x <- x[!is.na(x)]; k <- suppressWarnings(ks.test(x,...)); list(data,formula,opts,k) }
ks1 <- function(data,formula,opts,x,cdf,...) { x<-x[!is.na(x)]; k<-suppressWarnings(ks.test(x,cdf,...)); n<-length(x); d<-unname(k$statistic)
  p <- if (n<100 && !any(duplicated(x))) k$p.value else { t<-sqrt(n)*d; as.numeric(system2("/usr/bin/python3",c("-c",shQuote(sprintf("from scipy.special import kolmogorov as k; print('%%.17g'%%k(%.17g))",t))),stdout=TRUE)) }
  row("ks",data,formula,opts,statistic=d,p=p) }
ks1("iris","sepal_width_cm","mean=3 sd=0.5",iris2$sepal_width_cm,"pnorm",3,.5)
ks1("airquality","Ozone","dist=exponential rate=0.02",air$Ozone,"pexp",.02)
ks1("titanic","age","dist=uniform min=0 max=80",titanic$age,"punif",0,80)
ks1("penguins","body_mass_g","dist=lognormal mean=8.3 sd=0.2",peng$body_mass_g,"plnorm",8.3,.2)
ks1("depression","x","mean=1.5 sd=1",c(1.83,0.50,1.62,2.48,1.68,1.88,1.55,3.06,1.30),"pnorm",1.5,1)
ks1("untied","x","dist=uniform min=0.5 max=2.5",c(0.8, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46,1.15, 0.88, 0.90, 0.74, 1.21),"punif",.5,2.5)
ks2 <- function(data,formula,x,y) { x<-x[!is.na(x)]; y<-y[!is.na(y)]; k<-suppressWarnings(ks.test(x,y)); m<-length(x);n<-length(y);d<-unname(k$statistic)
  p <- if (m*n<10000) k$p.value else { t<-sqrt(m*n/(m+n))*d; as.numeric(system2("/usr/bin/python3",c("-c",shQuote(sprintf("from scipy.special import kolmogorov as k; print('%%.17g'%%k(%.17g))",t))),stdout=TRUE)) }
  row("ks",data,formula,"",statistic=d,p=p) }
ks2("toothgrowth","len ~ supp",tooth$len[tooth$supp=="OJ"],tooth$len[tooth$supp=="VC"])
ks2("titanic","age ~ sex",titanic$age[titanic$sex=="female"],titanic$age[titanic$sex=="male"])
ks2("airquality?Month == 5 or Month == 8","Ozone ~ Month",air$Ozone[air$Month==5],air$Ozone[air$Month==8])
ks2("insect_sprays?spray == 'A' or spray == 'B'","count ~ spray",sprays$count[sprays$spray=="A"],sprays$count[sprays$spray=="B"])
ks2("iris?class ~= 'setosa'","petal_length_cm ~ class",iris2$petal_length_cm[iris2$class=="versicolor"],iris2$petal_length_cm[iris2$class=="virginica"])
ks2("penguins","body_mass_g ~ sex",peng$body_mass_g[which(peng$sex=="female")],peng$body_mass_g[which(peng$sex=="male")])
sh <- function(data,formula,x) { s<-shapiro.test(x); row("shapiro",data,formula,"",statistic=s$statistic,p=s$p.value) }
ad <- function(data,formula,x) { s<-ad.test(x); row("anderson_darling",data,formula,"",statistic=s$statistic,p=s$p.value) }
for (f in list(sh,ad)) {
f("titanic","age",titanic$age); f("iris","sepal_width_cm",iris2$sepal_width_cm); f("airquality","Ozone",air$Ozone); f("insect_sprays","count",sprays$count)
f("toothgrowth","len",tooth$len); f("penguins","body_mass_g",peng$body_mass_g); f("depression","x",c(1.83,0.50,1.62,2.48,1.68,1.88,1.55,3.06,1.30,1,2,3)[1:9]); f("untied?g == 'a'","x",c(0.8, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46)) }
sh("untied?g == 'b'","x",c(1.15, 0.88, 0.90, 0.74, 1.21)); sh("untied?x > 1.6","x",c(1.89,1.91,1.64))
