#include <unistd.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <ostream>

#include <QCoreApplication>
#include <QEventLoop>
#include <QTimer>

#include "app/cli/commands.h"
#include "app/cli/interrupt.h"
#include "app/downloads/download.h"
#include "app/downloads/fetch_process.h"
#include "app/downloads/rate_meter.h"

namespace ponder::app {

namespace {

using nlohmann::ordered_json;

constexpr int kLookMilliseconds = 50;
constexpr std::int64_t kMostBytesPerSecond = std::int64_t{1} << 40;

std::string size(std::uint64_t bytes) {
    return sizeInWords(bytes).toStdString();
}

std::string dump(const ordered_json& object) {
    return object.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

[[noreturn]] void throwProblem(const FetchProblem& problem) {
    const DownloadProblem words = problemWords(problem);
    throw engine::Error(plainForTerminal((words.what + QLatin1Char(' ') + words.whatToDo).toStdString()));
}

/// Shows how far a download is, on one line of a terminal, and says the rest in lines of their own.
class ProgressLine {
public:
    explicit ProgressLine(std::ostream& complaints)
        : complaints_(complaints), isTerminal_(::isatty(STDERR_FILENO) == 1) {}
    ~ProgressLine() { clear(); }
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

    void show(const FetchEvent& event) {
        if (const auto* contact = std::get_if<ContactEvent>(&event)) say("Contacting " + contact->host);
        if (const auto* wait = std::get_if<WaitEvent>(&event))
            say(problemWords(wait->problem).what.toStdString() + " Trying again in " +
                std::to_string((wait->milliseconds + 999) / 1000) + " s.");
        if (const auto* progress = std::get_if<ProgressEvent>(&event)) draw(*progress);
    }
    void say(const std::string& line) {
        clear();
        complaints_ << plainForTerminal(line) << "\n" << std::flush;
    }

private:
    void clear() {
        if (drawn_) complaints_ << "\r\x1b[K" << std::flush;
        drawn_ = false;
    }
    void draw(const ProgressEvent& progress) {
        if (!isTerminal_) return;
        std::string line = progress.phase == FetchPhase::Downloading    ? "Downloading "
                           : progress.phase == FetchPhase::CheckingDisk ? "Checking what is there "
                                                                        : "Checking the model ";
        line += size(progress.doneBytes);
        if (progress.totalBytes > 0)
            line += " of " + size(progress.totalBytes) + " (" +
                    std::to_string(progress.doneBytes * 100 / progress.totalBytes) + " %)";
        rate_.add(progress.doneBytes, RateMeter::Clock::now());
        if (progress.phase == FetchPhase::Downloading && rate_.bytesPerSecond() > 0)
            line += ", " + size(rate_.bytesPerSecond()) + "/s";
        complaints_ << "\r\x1b[K" << line << std::flush;
        drawn_ = true;
    }

    std::ostream& complaints_;
    bool isTerminal_ = false;
    bool drawn_ = false;
    RateMeter rate_;
};

/// Runs ponder-fetch to its end; a stop request pauses it.
FetchEvent runFetcher(const FetchRequest& request, ProgressLine& progress, const std::stop_token& stop) {
    QEventLoop loop;
    FetchEvent last = PausedEvent{};
    FetchProcess process(
        fetchProgram(), request,
        [&](const FetchEvent& event) {
            if (!FetchProcess::isLast(event)) return progress.show(event);
            last = event;
            loop.quit();
        },
        nullptr);
    QTimer look;
    QObject::connect(&look, &QTimer::timeout, &loop, [&] {
        if (!stop.stop_requested()) return;
        look.stop();
        process.pause();
    });
    look.start(kLookMilliseconds);
    loop.exec();
    if (const auto* failure = std::get_if<FailedEvent>(&last)) throwProblem(failure->problem);
    if (std::holds_alternative<PausedEvent>(last))
        throw engine::Error("Paused. The same command goes on from here.");
    return last;
}

ModelLink linkOf(const Arguments& arguments) {
    const ParsedLink parsed = parseModelLink(arguments.operands().front(), hubEndpoint());
    if (parsed.fault == LinkFault::None) return parsed.link;
    const DownloadProblem words = problemWords(parsed.fault);
    throw UsageError((words.what + QLatin1Char(' ') + words.whatToDo).toStdString());
}

/// Which of several models to take is the user's to say: 2, as for any missing word.
int offerModels(const HubListing& listing, bool asJson, CommandContext& context) {
    if (asJson) {
        ordered_json models = ordered_json::array();
        for (const HubModel& model : listing.models)
            models.push_back({{"name", model.name},
                              {"path", model.files.front().path},
                              {"files", model.files.size()},
                              {"sizeBytes", model.sizeBytes()}});
        context.output << dump({{"repository", listing.repository},
                                {"commit", listing.commit},
                                {"license", listing.license},
                                {"gated", listing.gated},
                                {"models", models}});
    } else {
        for (const HubModel& model : listing.models) {
            context.complaints << plainForTerminal("  https://huggingface.co/" + listing.repository +
                                                   "/blob/main/" + model.files.front().path);
            if (model.sizeBytes() > 0) context.complaints << "  " << size(model.sizeBytes());
            context.complaints << "\n";
        }
    }
    context.complaints << "ponder: " << plainForTerminal(listing.repository)
                       << " does not say which model is meant. Name one of them by its link, or as " +
                              listing.repository + ":Q4_K_M.\n";
    return 2;
}

void sayWhoIsContacted(const ModelLink& link, std::ostream& complaints) {
    complaints << "Ponder will contact " << firstHost(link)
               << " and the servers it names, to download a model. Ctrl+C pauses.\n";
    if (hubTokenIsSet() && link.onHub())
        complaints << "Your access token (HF_TOKEN) is shown to " << firstHost(link) << " and nobody else.\n";
    complaints << std::flush;
}

DownloadOrder orderOf(const ModelLink& link, const std::string& hash) {
    DownloadOrder order{
        .name = safeFileName(link.path), .link = link, .sha256 = hash, .files = {}, .folder = {}};
    order.files.push_back({.url = link.url, .name = order.name, .sizeBytes = 0, .sha256 = hash});
    return order;
}

DownloadOrder orderOf(const HubListing& listing, const HubModel& model, const std::string& hash) {
    DownloadOrder order = orderFor(listing, model);
    if (hash.empty()) return order;
    if (order.files.size() > 1)
        throw UsageError(
            "--sha256 is for one file, and this model has several. Leave it out: each is checked "
            "against its publisher's.");
    FetchFile& file = order.files.front();
    if (!file.sha256.empty() && file.sha256 != hash)
        throw engine::Error("The publisher's SHA-256 of " + file.name + " is " + file.sha256 +
                            ", not the one you gave. Check both; nothing was downloaded.");
    file.sha256 = hash;
    return order;
}

std::string hashOf(const Arguments& arguments) {
    std::string hash = arguments.text("--sha256").value_or("");
    std::ranges::transform(hash, hash.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'F' ? static_cast<char>(letter | 0x20) : letter;
    });
    if (arguments.has("--sha256") &&
        (hash.size() != 64 || hash.find_first_not_of("0123456789abcdef") != std::string::npos))
        throw UsageError("--sha256 must be 64 hexadecimal digits.");
    return hash;
}

int printDone(const DoneEvent& done, const GetRequest& request, bool asJson, CommandContext& context) {
    std::vector<std::string> paths;
    for (const std::string& name : done.names) paths.push_back(request.folder + "/" + name);
    if (!asJson && done.alreadyThere) context.complaints << "It is there already.\n";
    if (!asJson && !done.verified)
        context.complaints << "Nobody has said what its SHA-256 should be. It is " << done.sha256 << ".\n";
    if (!asJson && !done.notice.empty())
        context.complaints << "This version of Ponder cannot run it: " << plainForTerminal(done.notice)
                           << "\n";
    if (!asJson) {
        context.output << paths.front() << "\n";
        return 0;
    }
    context.output << dump({{"paths", paths},
                            {"sha256", done.sha256},
                            {"verified", done.verified},
                            {"alreadyThere", done.alreadyThere},
                            {"notice", done.notice}});
    return 0;
}

int runModelsGet(const Arguments& arguments, CommandContext& context) {
    const ModelLink link = linkOf(arguments);
    const std::string hash = hashOf(arguments);
    const bool asJson = arguments.has("--json");
    const auto speed = arguments.integer("--speed-limit", 1, kMostBytesPerSecond / 1000).value_or(0);
    // Processes are watched by Qt's event loop.
    int count = 0;
    const auto application =
        QCoreApplication::instance() ? nullptr : std::make_unique<QCoreApplication>(count, nullptr);
    const InterruptStop interrupt;
    sayWhoIsContacted(link, context.complaints);
    ProgressLine progress(context.complaints);

    DownloadOrder order;
    if (link.onHub()) {
        const FetchEvent answer = runFetcher(ListRequest{.link = link}, progress, interrupt.token());
        const HubListing& listing = std::get<ListedEvent>(answer).listing;
        const HubModel* model = chooseHubModel(listing, link.path, link.quantisation);
        if (!model) return offerModels(listing, asJson, context);
        order = orderOf(listing, *model, hash);
        progress.say(model->name + (model->sizeBytes() > 0 ? ", " + size(model->sizeBytes()) : "") +
                     (listing.license.empty() ? "" : ", licence " + listing.license));
    } else {
        order = orderOf(link, hash);
    }
    const auto folder = arguments.text("--folder");
    order.folder = folder ? std::filesystem::absolute(*folder).lexically_normal().string()
                          : folderFor(context.paths.modelsFolder().string(), link);
    makePrivateFolder(order.folder);
    const GetRequest request{.folder = order.folder,
                             .files = order.files,
                             .bytesPerSecond = static_cast<std::uint64_t>(speed) * 1000,
                             .patience = {}};
    const FetchEvent end = runFetcher(request, progress, interrupt.token());
    return printDone(std::get<DoneEvent>(end), request, asJson, context);
}

} // namespace

Command modelsGetCommand() {
    return {{.name = "models get",
             .operands = "LINK",
             .summary =
                 "Downloads a model. LINK is a page, a file or a name on Hugging Face (ORG/NAME, "
                 "ORG/NAME:Q4_K_M), "
                 "or an https address that ends in .gguf. What was broken off goes on from where it was.",
             .options = {{"--sha256", "HASH", "refuse the file unless it has this SHA-256", ""},
                         {"--folder", "DIR", "put it there, not below Ponder's own models", ""},
                         {"--speed-limit", "N", "at most so many kB a second", ""},
                         {"--json", "", "write one JSON object", ""},
                         dataFolderOption()},
             .leastOperands = 1,
             .mostOperands = 1},
            runModelsGet};
}

} // namespace ponder::app
