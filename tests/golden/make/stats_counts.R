# Expected values of tests/golden/r_counts.h.
source("tests/golden/make/stats_lib.R"); suppressMessages(library(effectsize))
ncp <- function(x, df, scale, most=1) { f <- function(q) if (pchisq(x,df,lower=FALSE)>=q) 0 else uniroot(function(l) pchisq(x,df,l,lower=FALSE)-q, c(0, 10*x+200), tol=1e-12)$root
  pmin(most, sqrt(c(f(.025), f(.975))/scale)) }
ci <- function(data,formula,opts,tab,correct=TRUE) { k<-suppressWarnings(chisq.test(tab,correct=correct)); u<-suppressWarnings(chisq.test(tab,correct=FALSE)); s<-sum(tab)*(min(dim(tab))-1); i<-ncp(u$statistic,u$parameter,s)
  row("chisq",data,formula,opts,statistic=k$statistic,df=k$parameter,p=k$p.value,cramers_v=sqrt(unname(u$statistic)/s),effect_low=i[1],effect_high=i[2],n=sum(tab)) }
ci("ucb_admissions","Admit ~ Gender","count=Freq",xtabs(Freq~Admit+Gender,ucb))
ci("ucb_admissions","Admit ~ Gender","count=Freq correct=false",xtabs(Freq~Admit+Gender,ucb),FALSE)
ci("ucb_admissions","Dept ~ Admit","count=Freq",xtabs(Freq~Dept+Admit,ucb))
ci("titanic","survived ~ passengerClass","",table(titanic$survived,titanic$passengerClass))
ci("titanic","survived ~ sex","",table(titanic$survived,titanic$sex))
ci("penguins","species ~ sex","",table(peng$species,peng$sex))
ci("penguins","species ~ island","",table(peng$species,peng$island))
ci("toothgrowth","supp ~ dose","",table(tooth$supp,tooth$dose))
ci("airquality+hot = Temp > 80","hot ~ Month","",table(air$Temp>80,air$Month))
gf <- function(data,formula,opts,tab,p=rep(1,length(tab))) { k<-chisq.test(tab,p=p/sum(p)); i<-ncp(k$statistic,k$parameter,sum(tab),Inf)
  row("chisq",data,formula,opts,statistic=k$statistic,df=k$parameter,p=k$p.value,cohen_w=sqrt(unname(k$statistic)/sum(tab)),effect_low=i[1],effect_high=i[2],n=sum(tab)) }
gf("titanic","passengerClass","",table(titanic$passengerClass)); gf("titanic","passengerClass","ratio=1:1:2",table(titanic$passengerClass),c(1,1,2))
gf("iris","class","",table(iris2$class)); gf("penguins","species","ratio=0.4,0.2,0.4",table(peng$species),c(.4,.2,.4))
gf("ucb_admissions","Dept","count=Freq",xtabs(Freq~Dept,ucb)); gf("airquality","Month","",table(air$Month))
fi <- function(data,formula,opts,x) { f<-fisher.test(x,workspace=2e7); if (all(dim(x)==2)) {
 m<-sum(x[,1]);n<-sum(x[,2]);k<-sum(x[1,]);a<-x[1,1];lo<-max(0,k-n);hi<-min(k,m);s<-lo:hi
 ld<-dhyper(s,m,n,k,log=TRUE); dn<-function(w){d<-ld+log(w)*s;d<-exp(d-max(d));d/sum(d)}
 est<-exp(uniroot(function(t) sum(s*dn(exp(t)))-a,c(-20,20),tol=1e-14)$root)
 L<-exp(uniroot(function(t) sum(dn(exp(t))[s>=a])-.025,c(-20,20),tol=1e-14)$root)
 U<-exp(uniroot(function(t) sum(dn(exp(t))[s<=a])-.025,c(-20,20),tol=1e-14)$root)
 stopifnot(abs(est/f$estimate-1)<1e-3, abs(log(L/f$conf.int[1]))<1e-3)
 row("fisher",data,formula,opts,p=f$p.value,odds_ratio=est,effect_low=L,effect_high=U,n=sum(x)) } else row("fisher",data,formula,opts,p=f$p.value,n=sum(x)) }
fi("ucb_admissions","Admit ~ Gender","count=Freq",xtabs(Freq~Admit+Gender,ucb))
fi("titanic","survived ~ sex","",table(titanic$survived,titanic$sex))
fi("penguins?species ~= 'Adelie'","species ~ sex","",table(peng$species[peng$species!="Adelie"],peng$sex[peng$species!="Adelie"]))
fi("airquality?Month < 7+hot = Temp > 75","hot ~ Month","",table(air$Temp[air$Month<7]>75,air$Month[air$Month<7]))
fi("toothgrowth+long = len > 20","long ~ supp","",table(tooth$len>20,tooth$supp))
fi("toothgrowth+long = len > 20","long ~ dose","",table(tooth$len>20,tooth$dose))
fi("penguins","species ~ sex","",table(peng$species,peng$sex))
fi("titanic","survived ~ passengerClass","",table(titanic$survived,titanic$passengerClass))
mc <- function(data,formula,opts,x,correct=TRUE) { m<-mcnemar.test(x,correct=correct); b<-x[1,2];c<-x[2,1]; i<-binom.test(b,b+c)
 row("mcnemar",data,formula,opts,statistic=m$statistic,df=m$parameter,p=m$p.value,p_exact=i$p.value,odds_ratio=b/c,effect_low=i$conf.int[1]/(1-i$conf.int[1]),effect_high=i$conf.int[2]/(1-i$conf.int[2]),n=sum(x)) }
mc("titanic+old = age > 30+lived = survived == 'yes'","old ~ lived","",table(titanic$age>30,titanic$survived=="yes"))
mc("airquality+hot = Temp > 75+calm = Wind < 8","hot ~ calm","",table(air$Temp>75,air$Wind<8))
mc("airquality+hot = Temp > 75+calm = Wind < 8","hot ~ calm","correct=false",table(air$Temp>75,air$Wind<8),FALSE)
mc("iris+a = sepal_length_cm > 6+b = petal_length_cm > 5","a ~ b","",table(iris2$sepal_length_cm>6,iris2$petal_length_cm>5))
mc("penguins+a = body_mass_g > 4000+b = flipper_length_mm > 200","a ~ b","",table(peng$body_mass_g>4000,peng$flipper_length_mm>200))
mc("toothgrowth+a = len > 15+b = dose > 0.7","a ~ b","",table(tooth$len>15,tooth$dose>.7))
