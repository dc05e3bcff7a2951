#include <iomanip>
#include <nlohmann/json.hpp>
#include <ostream>
#include <sstream>

#include "app/cli/interrupt.h"
#include "app/cli/models_json.h"
#include "app/library/model_card.h"

namespace ponder::app {

namespace {

using nlohmann::ordered_json;

/// One line that is written over again.
class ConversionLine {
public:
    ConversionLine(std::ostream& stream, bool isShown) : stream_(stream), isShown_(isShown) {}
    ~ConversionLine() { clear(); }

    void show(const engine::ConversionProgress& progress) {
        if (!isShown_ || progress.sizeBytes == 0) return;
        const auto percent = static_cast<int>(100 * progress.bytesWritten / progress.sizeBytes);
        if (percent == percent_ && progress.tensorsDone == tensorsDone_) return;
        percent_ = percent;
        tensorsDone_ = progress.tensorsDone;
        stream_ << "\r\x1b[K" << percent << " %, tensor " << progress.tensorsDone + 1 << " of "
                << progress.tensors << ": " << plainForTerminal(progress.tensor) << std::flush;
        drawn_ = true;
    }
    void clear() {
        if (drawn_) stream_ << "\r\x1b[K" << std::flush;
        drawn_ = false;
    }

private:
    std::ostream& stream_;
    const bool isShown_;
    bool drawn_ = false;
    int percent_ = -1;
    std::uint64_t tensorsDone_ = 0;
};

engine::ConversionRequest requestFor(const Arguments& arguments) {
    const auto out = arguments.text("--out");
    if (!out) throw UsageError("ponder convert needs --out FILE.gguf. See `ponder convert --help`.");
    if (!out->ends_with(".gguf")) throw UsageError("--out must end in .gguf. See `ponder convert --help`.");
    return {.folder = arguments.operands().front(),
            .type = arguments.text("--type").value_or("Q4_K_M"),
            .outPath = *out,
            .threads = static_cast<int>(arguments.integer("--threads", 1, 1024).value_or(0))};
}

int runConvert(const Arguments& arguments, CommandContext& context) {
    const engine::ConversionRequest request = requestFor(arguments);
    const InterruptStop interrupt;
    ConversionLine line(context.complaints, context.outputIsTerminal);
    const engine::ConversionReport report = engine::convertModel(
        request, [&](const engine::ConversionProgress& progress) { line.show(progress); }, interrupt.token());
    line.clear();
    if (report.cancelled) throw engine::Error("Stopped. Nothing was written; the same command begins anew.");
    if (arguments.has("--json")) {
        const ordered_json object{{"path", request.outPath},
                                  {"sizeBytes", report.sizeBytes},
                                  {"tensors", report.tensors},
                                  {"bitsPerWeight", report.bitsPerWeight},
                                  {"notices", report.notices}};
        context.output << jsonText(object) << "\n";
        return 0;
    }
    for (const std::string& notice : report.notices) context.complaints << plainForTerminal(notice) << "\n";
    std::ostringstream bits;
    bits << std::fixed << std::setprecision(2) << report.bitsPerWeight;
    context.complaints << report.tensors << " tensors, " << sizeText(report.sizeBytes) << ", " << bits.str()
                       << " bits a weight\n";
    context.output << request.outPath << "\n";
    return 0;
}

std::string typeList() {
    std::string list;
    for (const std::string& type : engine::conversionTypes()) list += (list.empty() ? "" : ", ") + type;
    return list;
}

} // namespace

Command convertCommand() {
    return {{.name = "convert",
             .operands = "FOLDER",
             .summary = "Makes a GGUF file of a folder of safetensors files. FOLDER is one as Hugging Face "
                        "has it, with config.json and tokenizer.json: Llama, Mistral, Mixtral, Qwen 2 and 3, "
                        "OLMoE, DeepSeek V2 and V3. Nothing is overwritten; Ctrl+C leaves nothing behind.",
             .options = {{"--type", "TYPE", "Q4_K_M, or one of " + typeList(), ""},
                         {"--out", "FILE", "where to", ""},
                         {"--threads", "N", "threads (one a core)", "-t"},
                         {"--json", "", "write one JSON object", ""},
                         dataFolderOption()},
             .leastOperands = 1,
             .mostOperands = 1},
            runConvert};
}

} // namespace ponder::app
