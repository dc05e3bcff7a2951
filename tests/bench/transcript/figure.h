#pragma once

#include <string>
#include <vector>

namespace ponder::bench {

/// What something took: the time that passed, and the part of it in which this thread computed. On a machine
/// with nothing else to do they are the same.
struct Sample {
    double wall = 0; ///< ms
    double computing = 0;
};

/// Takes one sample from its making on.
class Stopwatch {
public:
    Stopwatch();
    Sample read() const;

private:
    Sample start_;
};

/// The value below which this share of the samples lies, of each of the two by itself.
Sample quantile(const std::vector<Sample>& samples, double share);

/// One promise, and what was measured.
struct Figure {
    std::string name;
    double promised = 0;
    std::string unit = "ms";
    double measured = 0;  ///< that passed, or the size
    double computing = 0; ///< 0: does not apply

    /// By what was computed, where it is known.
    bool isKept() const { return (computing > 0 ? computing : measured) <= promised; }
};

void printHeader();
void print(const Figure& figure);

} // namespace ponder::bench
