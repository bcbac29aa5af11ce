// Made by tests/golden/make/prep_recipes.R with R 4.2.2, recipes 1.0.4.
#pragma once
#include <math.h>
#include <stdbool.h>

// What a step makes of a column in rows 0, 1, n/3, n/2, n-2, n-1, and the sum of all its values; times `factor` it
// is ours, where the two divide by other numbers; `sign`: the direction of an axis is free.
typedef struct RecipeRow {
  const char *data, *step, *opts, *columns, *column;
  double probe[6], sum, factor;
  bool sign;
} RecipeRow;
static const RecipeRow RECIPES[] = {
    {"wine", "standard", "", "alcohol,malic_acid,ash,alcalinity_of_ash,magnesium", "alcohol", {1.5143407672921376, 0.24559682781701594, -0.77678906515808099, -1.1340082325831138, 0.20864312084201322, 1.3911617440421262}, -1.5297485500553876e-13, 1.0028208800748637, false}, // step_normalize
    {"wine", "standard", "", "alcohol,malic_acid,ash,alcalinity_of_ash,magnesium", "malic_acid", {-0.56066822051675835, -0.49800855572494912, -1.2499245332266598, -0.90082068652943681, 0.22705327972312869, 1.5787117630892986}, -1.1986939218999737e-14, 1.0028208800748637, false}, // step_normalize
    {"wine", "standard", "", "alcohol,malic_acid,ash,alcalinity_of_ash,magnesium", "ash", {0.23139978993798102, -0.82566721507073659, -3.6688129526803905, -0.24245783299696252, 0.012696271660315147, 1.3613679677059205}, 1.4322744379402508e-13, 1.0028208800748637, false}, // step_normalize
    {"wine", "standard", "", "alcohol,malic_acid,ash,alcalinity_of_ash,magnesium", "alcalinity_of_ash", {-1.1663031736391338, -2.4838405248495325, -2.6635047091054957, 1.2292192831070461, 0.15123417757126503, 1.4987155594909909}, -1.3679161969815112e-14, 1.0028208800748637, false}, // step_normalize
    {"wine", "standard", "", "alcohol,malic_acid,ash,alcalinity_of_ash,magnesium", "magnesium", {1.9085215072784807, 0.018093979665047392, -0.82209603260758957, -2.082381051016545, 1.4184106667861089, -0.26196935775916491}, -7.2893080460545434e-15, 1.0028208800748637, false}, // step_normalize
    {"wine", "standard", "sd=false", "alcohol,malic_acid,ash,alcalinity_of_ash,magnesium", "alcohol", {1.2293820224719099, 0.19938202247190873, -0.63061797752809134, -0.92061797752809049, 0.16938202247190937, 1.1293820224719102}, -1.2434497875801753e-13, 1, false}, // step_center
    {"wine", "standard", "sd=false", "alcohol,malic_acid,ash,alcalinity_of_ash,magnesium", "malic_acid", {-0.62634831460674167, -0.55634831460674161, -1.3963483146067417, -1.0063483146067416, 0.25365168539325822, 1.763651685393258}, -1.2878587085651816e-14, 1, false}, // step_center
    {"wine", "standard", "sd=false", "alcohol,malic_acid,ash,alcalinity_of_ash,magnesium", "ash", {0.063483146067416119, -0.22651685393258392, -1.0065168539325839, -0.066516853932584219, 0.0034831460674160653, 0.37348314606741617}, 3.907985046680551e-14, 1, false}, // step_center
    {"wine", "standard", "sd=false", "alcohol,malic_acid,ash,alcalinity_of_ash,magnesium", "alcalinity_of_ash", {-3.8949438202247197, -8.2949438202247201, -8.8949438202247197, 4.105056179775282, 0.50505617977528061, 5.0050561797752806}, -4.0856207306205761e-14, 1, false}, // step_center
    {"wine", "standard", "sd=false", "alcohol,malic_acid,ash,alcalinity_of_ash,magnesium", "magnesium", {27.258426966292134, 0.25842696629213435, -11.741573033707866, -29.741573033707866, 20.258426966292134, -3.7415730337078656}, -8.5265128291212022e-14, 1, false}, // step_center
    {"airquality", "minmax", "", "Ozone,Solar.R,Wind,Temp", "Ozone", {0.23952095808383234, 0.20958083832335328, NAN, 0.28143712574850299, 0.10179640718562874, 0.11377245508982035}, 28.568862275449103, 1, false}, // step_range
    {"airquality", "minmax", "", "Ozone,Solar.R,Wind,Temp", "Solar.R", {0.55963302752293576, 0.33944954128440369, 0.43730886850152906, 0.7737003058103975, 0.37920489296636084, 0.66055045871559637}, 79.88990825688073, 1, false}, // step_range
    {"airquality", "minmax", "", "Ozone,Solar.R,Wind,Temp", "Wind", {0.29999999999999999, 0.33157894736842103, 0.24210526315789471, 0.27368421052631581, 0.33157894736842103, 0.51578947368421058}, 66.494736842105269, 1, false}, // step_range
    {"airquality", "minmax", "", "Ozone,Solar.R,Wind,Temp", "Temp", {0.26829268292682928, 0.3902439024390244, 0.51219512195121952, 0.6097560975609756, 0.48780487804878048, 0.29268292682926828}, 81.658536585365852, 1, false}, // step_range
    {"airquality", "minmax", "low=-1;high=2", "Ozone,Solar.R,Wind,Temp", "Ozone", {-0.28143712574850299, -0.37125748502994016, NAN, -0.15568862275449102, -0.6946107784431137, -0.6586826347305389}, -30.293413173652695, 1, false}, // step_range
    {"airquality", "minmax", "low=-1;high=2", "Ozone,Solar.R,Wind,Temp", "Solar.R", {0.67889908256880727, 0.018348623853210899, 0.31192660550458706, 1.3211009174311927, 0.13761467889908263, 0.9816513761467891}, 93.669724770642205, 1, false}, // step_range
    {"airquality", "minmax", "low=-1;high=2", "Ozone,Solar.R,Wind,Temp", "Wind", {-0.099999999999999978, -0.0052631578947369695, -0.27368421052631586, -0.17894736842105252, -0.0052631578947369695, 0.54736842105263173}, 46.484210526315799, 1, false}, // step_range
    {"airquality", "minmax", "low=-1;high=2", "Ozone,Solar.R,Wind,Temp", "Temp", {-0.19512195121951215, 0.1707317073170731, 0.53658536585365857, 0.8292682926829269, 0.46341463414634143, -0.12195121951219512}, 91.975609756097555, 1, false}, // step_range
    {"wine", "normalize", "", "alcohol,malic_acid,ash,alcalinity_of_ash,magnesium", "alcohol", {0.11050054517845313, 0.13001659145625857, 0.13819624581533999, 0.16128263898075304, 0.1075836283251856, 0.14101666838698895}, 22.871878527086231, 1, false}, // step_spatialsign
    {"wine", "normalize", "", "alcohol,malic_acid,ash,alcalinity_of_ash,magnesium", "malic_acid", {0.013278702196426904, 0.01753254036304093, 0.010501574055490671, 0.017757111742086221, 0.02115729668657788, 0.040917787713139038}, 4.1231667862719306, 1, false}, // step_spatialsign
    {"wine", "normalize", "", "alcohol,malic_acid,ash,alcalinity_of_ash,magnesium", "ash", {0.018869734700185603, 0.021078447402757074, 0.015193766718582248, 0.030707787223156622, 0.019360151794281695, 0.027345058130244144}, 4.1521236751492046, 1, false}, // step_spatialsign
    {"wine", "normalize", "", "alcohol,malic_acid,ash,alcalinity_of_ash,magnesium", "alcalinity_of_ash", {0.12113903758143842, 0.11031710790228, 0.11842200530659693, 0.31508859933325928, 0.16337680839056282, 0.24450873145656257}, 34.418276484656509, 1, false}, // step_spatialsign
    {"wine", "normalize", "", "alcohol,malic_acid,ash,alcalinity_of_ash,magnesium", "magnesium", {0.98619601107965893, 0.98497417769892859, 0.983126081790616, 0.93458482853085378, 0.98026085034337684, 0.95807502938081657}, 172.83555713584093, 1, false}, // step_spatialsign
    {"wine", "log", "", "alcohol,malic_acid,ash,alcalinity_of_ash,magnesium", "alcohol", {2.6553524121017609, 2.5802168295923251, 2.5152741864043966, 2.4915511925066687, 2.5779415157551897, 2.6483001966964363}, 456.2221669632944, 1, false}, // step_log
    {"wine", "log", "", "alcohol,malic_acid,ash,alcalinity_of_ash,magnesium", "malic_acid", {0.53649337051456847, 0.57661336430399379, -0.061875403718087529, 0.28517894223366247, 0.95165787571144633, 1.410986973710262}, 132.61919622883218, 1, false}, // step_log
    {"wine", "log", "", "alcohol,malic_acid,ash,alcalinity_of_ash,magnesium", "ash", {0.88789125735245711, 0.76080582903376015, 0.30748469974796072, 0.83290912293510388, 0.86288995514703981, 1.0079579203999789}, 152.09053220583607, 1, false}, // step_log
    {"wine", "log", "", "alcohol,malic_acid,ash,alcalinity_of_ash,magnesium", "alcalinity_of_ash", {2.7472709142554912, 2.4159137783010487, 2.3608540011180215, 3.1612467120315646, 2.9957322735539909, 3.1986731175506815}, 526.01845930942284, 1, false}, // step_log
    {"wine", "log", "", "alcohol,malic_acid,ash,alcalinity_of_ash,magnesium", "magnesium", {4.8441870864585912, 4.6051701859880918, 4.4773368144782069, 4.2484952420493594, 4.7874917427820458, 4.5643481914678361}, 817.56147807378488, 1, false}, // step_log
    {"airquality", "log", "base=2;plus=1", "Wind,Temp", "Wind", {3.0703893278913981, 3.1699250014423122, 2.867896463992655, 2.9818526532897405, 3.1699250014423122, 3.6438561897747248}, 515.9802079051625, 1, false}, // step_log
    {"airquality", "log", "base=2;plus=1", "Wind,Temp", "Temp", {6.0874628412503391, 6.1898245588800176, 6.2854022188622487, 6.3575520046180838, 6.266786540694901, 6.1085244567781691}, 962.49133013638755, 1, false}, // step_log
    {"airquality", "sqrt", "", "Ozone,Solar.R,Wind,Temp", "Ozone", {6.4031242374328485, 6, NAN, 6.9282032302755088, 4.2426406871192848, 4.4721359549995796}, 698.63590667674703, 1, false}, // step_sqrt
    {"airquality", "sqrt", "", "Ozone,Solar.R,Wind,Temp", "Solar.R", {13.784048752090222, 10.862780491200215, 12.24744871391589, 16.124515496597098, 11.445523142259598, 14.933184523068078}, 1906.7153950739905, 1, false}, // step_sqrt
    {"airquality", "sqrt", "", "Ozone,Solar.R,Wind,Temp", "Wind", {2.7202941017470885, 2.8284271247461903, 2.5099800796022267, 2.6267851073127395, 2.8284271247461903, 3.3911649915626341}, 474.76759268801351, 1, false}, // step_sqrt
    {"airquality", "sqrt", "", "Ozone,Solar.R,Wind,Temp", "Temp", {8.1853527718724504, 8.4852813742385695, 8.7749643873921226, 9, 8.717797887081348, 8.2462112512353212}, 1347.6751335298666, 1, false}, // step_sqrt
    {"airquality", "impute", "with=mean", "Ozone,Solar.R", "Ozone", {41, 36, 42.129310344827587, 48, 18, 20}, 6445.7844827586205, 1, false}, // step_impute_mean
    {"airquality", "impute", "with=mean", "Ozone,Solar.R", "Solar.R", {190, 118, 150, 260, 131, 223}, 28447.520547945205, 1, false}, // step_impute_mean
    {"airquality", "impute", "with=median", "Ozone,Solar.R", "Ozone", {41, 36, 31.5, 48, 18, 20}, 6052.5, 1, false}, // step_impute_median
    {"airquality", "impute", "with=median", "Ozone,Solar.R", "Solar.R", {190, 118, 150, 260, 131, 223}, 28581, 1, false}, // step_impute_median
    {"penguins", "onehot", "drop=first", "species,island", "species_Chinstrap", {0, 0, 0, 0, 1, 1}, 68, 1, false}, // step_dummy
    {"penguins", "onehot", "drop=first", "species,island", "species_Gentoo", {0, 0, 0, 1, 0, 0}, 124, 1, false}, // step_dummy
    {"penguins", "onehot", "drop=first", "species,island", "island_Dream", {0, 0, 0, 0, 1, 1}, 124, 1, false}, // step_dummy
    {"penguins", "onehot", "drop=first", "species,island", "island_Torgersen", {1, 1, 0, 0, 0, 0}, 52, 1, false}, // step_dummy
    {"titanic", "onehot", "", "sex,passengerClass", "sex_female", {1, 0, 1, 0, 0, 0}, 466, 1, false}, // step_dummy(one_hot = TRUE)
    {"titanic", "onehot", "", "sex,passengerClass", "sex_male", {0, 1, 0, 1, 1, 1}, 843, 1, false}, // step_dummy(one_hot = TRUE)
    {"titanic", "onehot", "", "sex,passengerClass", "passengerClass_1st", {1, 1, 0, 0, 0, 0}, 323, 1, false}, // step_dummy(one_hot = TRUE)
    {"titanic", "onehot", "", "sex,passengerClass", "passengerClass_3rd", {0, 0, 0, 1, 1, 1}, 709, 1, false}, // step_dummy(one_hot = TRUE)
    {"airquality", "indicator", "", "Ozone,Solar.R", "Ozone_missing", {0, 0, 1, 0, 0, 0}, 37, 1, false}, // step_indicate_na
    {"airquality", "indicator", "", "Ozone,Solar.R", "Solar.R_missing", {0, 0, 0, 0, 0, 0}, 7, 1, false}, // step_indicate_na
    {"airquality", "interactions", "", "Wind,Temp", "Wind:Temp", {495.80000000000001, 576, 485.09999999999997, 558.89999999999998, 608, 782}, 116332.39999999999, 1, false}, // step_interact
    {"seattle_weather", "lags", "lags=1,7", "temp_max", "temp_max_lag_1", {NAN, 12.800000000000001, 18.300000000000001, 8.9000000000000004, 7.2000000000000002, 5.5999999999999996}, 24011.900000000001, 1, false}, // step_lag
    {"seattle_weather", "lags", "lags=1,7", "temp_max", "temp_max_lag_7", {NAN, NAN, 21.699999999999999, 8.3000000000000007, 5, 5.5999999999999996}, 23980.299999999999, 1, false}, // step_lag
    {"seattle_weather", "dates", "parts=year,quarter,month", "date", "date_year", {2012, 2012, 2013, 2013, 2015, 2015}, 2941722, 1, false}, // step_date
    {"seattle_weather", "dates", "parts=year,quarter,month", "date", "date_quarter", {1, 1, 2, 4, 4, 4}, 3665, 1, false}, // step_date
    {"seattle_weather", "dates", "parts=year,quarter,month", "date", "date_month", {1, 1, 5, 12, 12, 12}, 9530, 1, false}, // step_date
    {"iris", "pca", "components=3", "sepal_length_cm,sepal_width_cm,petal_length_cm,petal_width_cm", "pc1", {-2.6841256259695352, -2.7141416872943243, 1.2848256888583538, 0.90017437317216964, 1.9009416142184259, 1.3901888619479164}, -2.8650692929232946e-14, 1, true}, // step_pca
    {"iris", "pca", "components=3", "sepal_length_cm,sepal_width_cm,petal_length_cm,petal_width_cm", "pc2", {-0.31939724658510138, 0.17700122506478061, -0.68516047046730955, -0.32850447383432385, -0.11662795851202493, 0.2826609379905497}, 2.4227148065492088e-14, 1, true}, // step_pca
    {"iris", "pca", "components=3", "sepal_length_cm,sepal_width_cm,petal_length_cm,petal_width_cm", "pc3", {0.027914827589413105, 0.21046427237824278, 0.40656802546769455, 0.31620907371157414, -0.72325156348991704, -0.36290964808537607}, -3.4583447217073626e-14, 1, true}, // step_pca
    {"wine", "pca", "components=3", "alcohol,malic_acid,ash,alcalinity_of_ash,magnesium", "pc1", {-27.351329448323757, -0.43409159057506391, 11.562648914229166, 29.825984373310778, -20.242255809731141, 3.8318757084304371}, 1.1132761379428757e-13, 1, true}, // step_pca
    {"wine", "pca", "components=3", "alcohol,malic_acid,ash,alcalinity_of_ash,magnesium", "pc2", {-3.4148785640807189, -8.295662019114852, -9.2108530375113506, 3.3765062938707104, 0.95758741204878928, 4.9962001804366434}, -2.6451063561694355e-14, 1, true}, // step_pca
    {"wine", "pca", "components=3", "alcohol,malic_acid,ash,alcalinity_of_ash,magnesium", "pc3", {0.0089273181767521859, 0.19423084715293049, -0.78617290271588536, -1.4981490332141325, 0.2097718713140585, 1.6084895258054217}, -3.5568770151428453e-14, 1, true}, // step_pca
};

// Edges between the bins of equal frequency: step_discretize.
static const struct {
  const char *data, *column;
  double edge[3];
} BREAKS[] = {
    {"wine", "alcohol", {12.362499999999999, 13.050000000000001, 13.6775}},
    {"wine", "ash", {2.21, 2.3599999999999999, 2.5575000000000001}},
    {"wine", "hue", {0.78249999999999997, 0.96499999999999997, 1.1200000000000001}},
    {"wine", "proline", {500.5, 673.5, 985}},
};

// The most frequent level, of step_impute_mode.
static const char MODE_SEX[] = "male", MODE_ISLAND[] = "Biscoe";

// Lambdas by recipes' own search, within 1e-4 of where it ends.
static const struct {
  const char *data, *method, *column;
  double lambda;
} SEARCHED[] = {
    {"wine", "yeojohnson", "alcohol", 1.2963815930824665},
    {"wine", "boxcox", "alcohol", 1.2645844435682179},
    {"wine", "yeojohnson", "malic_acid", -0.85155545796745968},
    {"wine", "boxcox", "malic_acid", -0.27776471951559489},
    {"wine", "yeojohnson", "ash", 1.5834939276923923},
    {"wine", "boxcox", "ash", 1.4274747089727138},
    {"wine", "yeojohnson", "alcalinity_of_ash", 0.67279583394757925},
    {"wine", "boxcox", "alcalinity_of_ash", 0.69197127974203987},
    {"wine", "yeojohnson", "magnesium", -1.4531186929722346},
    {"wine", "boxcox", "magnesium", -1.4291204845628316},
};
