#include "engine/format/tensor_layout.h"

#include "engine/format/gguf_problem.h"

#include <algorithm>

namespace ponder::engine {

namespace {

constexpr std::uint64_t kWindow = 256 * 1024;
// Longer gaps are not searched for hidden bytes, so that a sparse file cannot keep us busy.
constexpr std::uint64_t kMostGap = std::uint64_t{64} << 20;

class Layout {
public:
    Layout(const InputFile& file, const DataPlace& place, std::vector<std::string>& notices)
        : file_(file), place_(place), notices_(notices), end_(place.headerEnd) {}

    void placeTensor(Tensor& tensor) {
        const std::string what = "tensor " + quoted(tensor.name);
        if (tensor.fileOffset % place_.alignment != 0) {
            refuse(GgufProblem::Offset,
                   "the offset of " + what + " is " + std::to_string(tensor.fileOffset) +
                       ", no multiple of the alignment, " + std::to_string(place_.alignment),
                   end_);
        }
        std::uint64_t start = 0;
        std::uint64_t end = 0;
        if (__builtin_add_overflow(aligned(place_.headerEnd), tensor.fileOffset, &start) ||
            __builtin_add_overflow(start, tensor.sizeBytes, &end)) {
            refuse(GgufProblem::Bounds,
                   what + " has the offset " + std::to_string(tensor.fileOffset) + " and " +
                       std::to_string(tensor.sizeBytes) + " bytes, which no file can hold",
                   end_);
        }
        if (end > file_.sizeBytes()) {
            refuse(GgufProblem::Bounds,
                   what + " ends behind the end of the file: it needs " + std::to_string(end) +
                       " bytes, the file has " + std::to_string(file_.sizeBytes()),
                   start);
        }
        if (start < end_) {
            const bool overlaps = start < lastEnd_ && end > lastStart_;
            refuse(overlaps ? GgufProblem::Overlap : GgufProblem::Layout,
                   what +
                       (overlaps
                            ? " overlaps the tensor before it, which ends at byte "
                            : " lies before the tensor that is described before it, which ends at byte ") +
                       std::to_string(end_),
                   start);
        }
        if (start - end_ > place_.alignment) checkGap(start, what);
        tensor.fileOffset = start;
        lastStart_ = start;
        lastEnd_ = end_ = end;
    }

    /// Behind the data only zeros may fill up to the alignment: anything longer could be another file.
    void checkTail() const {
        const std::uint64_t tail = file_.sizeBytes() - end_;
        if (tail > aligned(end_) - end_ || !isZero(end_, tail)) {
            refuse(GgufProblem::Trailing,
                   std::to_string(tail) + " bytes lie behind the data, which ends at byte " +
                       std::to_string(end_),
                   end_);
        }
    }

private:
    std::uint64_t aligned(std::uint64_t offset) const {
        return (offset + place_.alignment - 1) / place_.alignment * place_.alignment;
    }

    void checkGap(std::uint64_t start, const std::string& what) {
        const std::uint64_t gap = start - end_;
        gapBytes_ += gap;
        if (gapBytes_ > kMostGap || !isZero(end_, gap)) {
            refuse(GgufProblem::Layout,
                   "a gap of " + std::to_string(gap) + " bytes that are not all zero lies before " + what,
                   end_);
        }
        notices_.push_back("The file has " + std::to_string(gap) + " unused bytes before " + what + ".");
    }

    bool isZero(std::uint64_t offset, std::uint64_t count) const {
        std::vector<std::byte> window(std::min(kWindow, count));
        while (count > 0) {
            const auto part = std::span(window).first(std::min<std::uint64_t>(window.size(), count));
            file_.read(offset, part);
            if (std::any_of(part.begin(), part.end(), [](std::byte byte) { return byte != std::byte{0}; }))
                return false;
            offset += part.size();
            count -= part.size();
        }
        return true;
    }

    [[noreturn]] void refuse(GgufProblem problem, const std::string& what, std::uint64_t offset) const {
        refuseFile({.path = file_.path(), .sizeBytes = file_.sizeBytes(), .offset = offset}, problem, what);
    }

    const InputFile& file_;
    const DataPlace place_;
    std::vector<std::string>& notices_;
    std::uint64_t lastStart_ = 0;
    std::uint64_t lastEnd_ = 0;
    std::uint64_t end_; // of what was placed so far, the header at first
    std::uint64_t gapBytes_ = 0;
};

} // namespace

void placeTensors(const InputFile& file, const DataPlace& place, std::span<Tensor> tensors,
                  std::vector<std::string>& notices) {
    Layout layout(file, place, notices);
    for (Tensor& tensor : tensors) layout.placeTensor(tensor);
    layout.checkTail();
}

} // namespace ponder::engine
