// The formats, in the order in which they are asked. A new one: a file with its descriptor and a line here.
#define FORMATS(X) X(csv) X(json) X(sqlite) X(arff) X(libsvm)
