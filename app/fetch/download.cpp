#include "app/fetch/download.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "app/fetch/fetch_failure.h"

namespace ponder::fetch {

namespace {

using app::FetchPhase;
using app::FetchProblem;
using app::ProblemKind;

constexpr std::size_t kReadAtOnce = std::size_t{1} << 20;
constexpr int kMostStartsOver = 2;
/// A try that brought so much was none in vain.
constexpr std::uint64_t kProgressBytes = std::uint64_t{1} << 20;
constexpr std::string_view kModelMagic = "GGUF";

/// What came cannot be gone on with: the file is fetched from its beginning.
struct StartOver {};

/// What a file that is no model begins like.
std::string looksLike(std::span<const std::byte> bytes) {
    std::string text(reinterpret_cast<const char*>(bytes.data()), std::min<std::size_t>(bytes.size(), 64));
    text.erase(0, text.find_first_not_of(" \t\r\n\xef\xbb\xbf"));
    if (text.starts_with("<")) return "web page";
    return text.starts_with("version https://git-lfs") ? "pointer" : "other";
}

/// Links to the parts under their final names, for the engine to look at them as the model they will be.
class Rehearsal {
public:
    Rehearsal(const TargetFolder& folder, const std::string& name)
        : folder_(folder), name_("." + name + ".check") {
        if (::mkdirat(folder_.handle(), name_.c_str(), 0700) != 0 && errno != EEXIST)
            failWithSystemReason(errno);
    }
    ~Rehearsal() {
        for (const std::string& name : names_) folder_.remove(name_ + "/" + name);
        ::unlinkat(folder_.handle(), name_.c_str(), AT_REMOVEDIR);
    }
    Rehearsal(const Rehearsal&) = delete;
    Rehearsal& operator=(const Rehearsal&) = delete;

    void add(const std::string& name, const std::string& lyingAt) {
        names_.push_back(name);
        const std::string place = name_ + "/" + name;
        folder_.remove(place);
        if (::symlinkat(("../" + lyingAt).c_str(), folder_.handle(), place.c_str()) != 0)
            failWithSystemReason(errno);
    }
    std::string pathOf(const std::string& name) const { return folder_.path() + "/" + name_ + "/" + name; }

private:
    const TargetFolder& folder_;
    std::string name_;
    std::vector<std::string> names_;
};

} // namespace

Download::Download(app::GetRequest request, Control& control, ModelCheck& check)
    : request_(std::move(request)), control_(control), check_(check), folder_(request_.folder),
      transfer_(control, request_.patience) {
    control_.setBytesPerSecond(request_.bytesPerSecond);
}

app::DoneEvent Download::run() {
    app::DoneEvent done;
    for (const app::FetchFile& file : request_.files) {
        done.names.push_back(file.name);
        if (isThere(file)) continue;
        parts_.emplace_back(folder_, file);
        complete(parts_.back());
    }
    done.alreadyThere = parts_.empty();
    if (!parts_.empty()) done.notice = checkModel();
    for (PartFile& part : parts_) {
        if (part.putInPlace()) continue;
        // Somebody gave the name away meanwhile; that is well if it is the same file.
        app::FetchFile file = part.file();
        file.sizeBytes = part.totalBytes();
        file.sha256 = part.finish();
        if (!isThere(file)) fail(ProblemKind::TargetExists, file.name);
        part.discard();
    }
    done.verified = verified_;
    done.sha256 = hash_;
    return done;
}

bool Download::isThere(const app::FetchFile& file) {
    const Place place = folder_.look(file.name);
    if (place.occupant == Occupant::Nothing) return false;
    if (place.occupant == Occupant::Other) fail(ProblemKind::TargetIsLink, file.name);
    const bool sameSize = file.sizeBytes == 0 || file.sizeBytes == place.sizeBytes;
    if (file.sha256.empty() || !sameSize || hashOf(file.name, place.sizeBytes) != file.sha256)
        fail(ProblemKind::TargetExists, file.name);
    // Left by a run that was killed when the file had just got its name.
    if (folder_.look(PartFile::partName(file.name)).occupant == Occupant::Nothing)
        folder_.remove(PartFile::journalName(file.name));
    bytesThere_ += place.sizeBytes;
    if (hash_.empty()) hash_ = file.sha256;
    return true;
}

std::string Download::hashOf(const std::string& name, std::uint64_t sizeBytes) {
    const OwnedFile file(::openat(folder_.handle(), name.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
    if (!file.open()) return {};
    RunningHash hash;
    std::vector<std::byte> bytes(kReadAtOnce);
    std::uint64_t at = 0;
    for (;;) {
        control_.check();
        const ssize_t size = ::read(file.number(), bytes.data(), bytes.size());
        if (size < 0 && errno == EINTR) continue;
        if (size < 0) return {};
        if (size == 0) return hash.hex();
        hash.add(std::span(bytes).first(static_cast<std::size_t>(size)));
        at += static_cast<std::uint64_t>(size);
        control_.tellProgress({FetchPhase::CheckingDisk, std::min(at, sizeBytes), sizeBytes});
    }
}

void Download::tellProgress(FetchPhase phase) {
    std::uint64_t done = bytesThere_;
    std::uint64_t total = 0;
    for (const PartFile& part : parts_) done += part.doneBytes();
    for (const app::FetchFile& file : request_.files) total += file.sizeBytes;
    const bool isKnown =
        std::ranges::all_of(request_.files, [](const auto& file) { return file.sizeBytes > 0; });
    // A single file's size is learnt with its answer.
    if (!isKnown) total = request_.files.size() == 1 && !parts_.empty() ? parts_.front().totalBytes() : 0;
    control_.tellProgress({phase, done, std::max(total, total == 0 ? 0 : done)});
}

void Download::complete(PartFile& part) {
    part.recover([&](std::uint64_t done, std::uint64_t total) {
        control_.check();
        control_.tellProgress({FetchPhase::CheckingDisk, done, total});
    });
    failuresInARow_ = 0;
    startsOver_ = 0;
    const bool wasResumed = part.doneBytes() > 0;
    for (;;) {
        try {
            while (!part.complete()) tryOnce(part);
            verify(part);
            return;
        } catch (const StartOver&) {
            part.startOver();
            if (++startsOver_ > kMostStartsOver) fail(ProblemKind::UnexpectedAnswer);
        } catch (const FetchFailure& failure) {
            const ProblemKind kind = failure.problem().kind;
            // What was kept may have been of an older file: from the beginning it may come right.
            if (kind == ProblemKind::WrongBytes && wasResumed && startsOver_ == 0) {
                ++startsOver_;
                part.startOver();
                continue;
            }
            const bool isUseless = kind == ProblemKind::WrongBytes || kind == ProblemKind::NotAModel ||
                                   kind == ProblemKind::WrongSize || part.doneBytes() == 0;
            if (isUseless) part.discard();
            throw;
        } catch (const PauseAsked&) {
            part.doneBytes() > 0 ? part.confirm() : part.discard();
            throw;
        }
    }
}

void Download::tryOnce(PartFile& part) {
    const std::uint64_t before = part.doneBytes();
    wrongSize_ = false;
    const TransferEnd end =
        transfer_.run(part.file().url, before,
                      {.begin = [&](const AnswerHead& head) { judge(part, head); },
                       .take = [&](std::span<const std::byte> bytes) { take(part, bytes); }});
    if (part.doneBytes() >= before + kProgressBytes) failuresInARow_ = 0;
    if (part.complete()) return;
    if (wrongSize_) throw FetchFailure({ProblemKind::WrongSize, transfer_.host(), {}, 0});
    if (!end.problem) // less than was announced, and the end of it
        return afterFailure(part,
                            {.problem = FetchProblem{ProblemKind::ConnectionLost, transfer_.host(), {}, 0},
                             .worthAnotherTry = true});
    afterFailure(part, end);
}

void Download::judge(PartFile& part, const AnswerHead& head) {
    const std::string& host = transfer_.host();
    const auto refuse = [&](ProblemKind kind) { throw FetchFailure({kind, host, {}, 0}); };
    if (head.packed() && head.status() != 416) refuse(ProblemKind::Packed);
    const std::uint64_t from = part.doneBytes();
    if (head.status() == 416) {
        // Asked for what lies beyond the end: either all of it is here, or it is another file now.
        if (from == 0) refuse(ProblemKind::UnexpectedAnswer);
        const bool isWhole = head.range() && !head.range()->first && head.range()->total == from;
        if (!isWhole || part.file().sizeBytes > 0) throw StartOver();
        part.endHere();
        return;
    }
    if (head.status() == 206) {
        if (from == 0) refuse(ProblemKind::UnexpectedAnswer);
        const auto& range = head.range();
        const bool sameRange = range && range->first == from && range->total == part.totalBytes() &&
                               range->last + 1 == range->total;
        const bool sameLength = !head.length() || *head.length() == part.totalBytes() - from;
        // Without a strong ETag only a hash known beforehand can prove the whole.
        const bool sameFile = part.etag().empty() && head.strongEtag().empty()
                                  ? !part.expectedHash().empty()
                                  : part.etag() == head.strongEtag();
        if (!sameRange || !sameLength || !sameFile) throw StartOver();
        return;
    }
    if (from > 0) part.startOver(); // it sends the whole file, so the whole file is taken
    if (part.expectedHash().empty()) part.expectHash(transfer_.linkedHash());
    const std::uint64_t expected = part.file().sizeBytes > 0 ? part.file().sizeBytes : transfer_.linkedSize();
    // Its first bytes say better what it is instead.
    wrongSize_ = expected > 0 && head.length() && *head.length() != expected;
    if (wrongSize_) return;
    const std::uint64_t total = expected > 0 ? expected : head.length().value_or(0);
    if (total == 0) refuse(ProblemKind::UnknownSize);
    part.begin(total, head.strongEtag(), request_.patience.spareBytes);
}

void Download::take(PartFile& part, std::span<const std::byte> bytes) {
    if (part.doneBytes() == 0 && bytes.size() >= kModelMagic.size()) {
        const std::string_view start(reinterpret_cast<const char*>(bytes.data()), kModelMagic.size());
        if (start != kModelMagic)
            throw FetchFailure({ProblemKind::NotAModel, transfer_.host(), looksLike(bytes), 0});
    }
    if (wrongSize_) throw FetchFailure({ProblemKind::WrongSize, transfer_.host(), {}, 0});
    part.write(bytes);
    tellProgress(FetchPhase::Downloading);
}

void Download::afterFailure(PartFile& part, const TransferEnd& end) {
    part.confirm();
    if (!end.worthAnotherTry || ++failuresInARow_ >= request_.patience.tries)
        throw FetchFailure(*end.problem);
    const std::int64_t longest = request_.patience.longestPauseMilliseconds;
    std::int64_t pause = request_.patience.firstPauseMilliseconds;
    for (int i = 1; i < failuresInARow_ && pause < longest; ++i) pause *= 2;
    pause = std::min(pause, longest);
    if (end.retryAfterSeconds)
        pause = std::max(pause, std::min(*end.retryAfterSeconds, std::int64_t{86'400}) * 1000);
    // A server that asks for more patience than we have is not asked again before the user says so.
    if (pause > longest) throw FetchFailure(*end.problem);
    control_.tell(app::WaitEvent{static_cast<int>(pause), *end.problem});
    control_.wait(std::chrono::milliseconds(pause));
}

void Download::verify(PartFile& part) {
    const std::string hash = part.finish();
    if (part.expectedHash().empty())
        verified_ = false;
    else if (hash != part.expectedHash())
        throw FetchFailure({ProblemKind::WrongBytes, transfer_.host(), {}, 0});
    if (hash_.empty()) hash_ = hash;
}

std::string Download::checkModel() {
    tellProgress(FetchPhase::CheckingModel);
    Rehearsal rehearsal(folder_, request_.files.front().name);
    for (const app::FetchFile& file : request_.files) {
        const bool isPart =
            std::ranges::any_of(parts_, [&](const PartFile& part) { return part.file().name == file.name; });
        rehearsal.add(file.name, isPart ? PartFile::partName(file.name) : file.name);
    }
    const std::string& first = request_.files.front().name;
    std::string problem = check_.problemOf(rehearsal.pathOf(first));
    // The user knows nothing of the rehearsal's place.
    if (const std::size_t at = problem.find(rehearsal.pathOf(first)); at != std::string::npos)
        problem.replace(at, rehearsal.pathOf(first).size(), first);
    // A file that its publisher vouches for is what the user asked for, whether this version runs it or not.
    if (!problem.empty() && !verified_) fail(ProblemKind::BadModel, problem);
    return problem;
}

} // namespace ponder::fetch
