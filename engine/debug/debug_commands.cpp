#include "engine/debug/debug_arguments.h"
#include "engine/engine.h"
#include "engine/format/gguf_file.h"
#include "engine/local_engine.h"
#include "engine/processor_cores.h"
#include "engine/support/seconds_since.h"
#include "engine/text/answer_splitter.h"
#include "engine/text/chat_template.h"
#include "engine/text/jinja/clock.h"
#include "engine/text/tokenizer.h"
#include "kernels/dequantize.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>

namespace ponder::engine {

namespace {

using Json = nlohmann::ordered_json;

// Tokens evaluated together by `debug logits`.
constexpr std::size_t kChunkTokens = 128;

struct Streams {
    std::istream& input;
    std::ostream& output;
};

std::string readAll(std::istream& stream) {
    return {std::istreambuf_iterator<char>(stream), {}};
}

std::string readFile(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw Error("\"" + path + "\" cannot be read. Check the path and its permissions.");
    return readAll(file);
}

Json parseJson(const std::string& text, const std::string& what) {
    try {
        return Json::parse(text);
    } catch (const Json::exception& error) {
        throw Error(what + " is not JSON: " + error.what());
    }
}

/// Throws Error where one is not in the vocabulary.
void requireKnown(const std::vector<TokenId>& ids, int vocabulary) {
    for (const TokenId id : ids) {
        if (id >= 0 && id < vocabulary) continue;
        throw Error("Token " + std::to_string(id) + " is not in the vocabulary, which has " +
                    std::to_string(vocabulary) + ".");
    }
}

int numberOption(const DebugArguments& arguments, std::string_view name, int otherwise) {
    const auto text = arguments.option(name);
    return text ? std::max(1, std::atoi(text->c_str())) : otherwise;
}

std::vector<TokenId> readIds(const std::string& text, const std::string& what) {
    try {
        return parseJson(text, what).get<std::vector<TokenId>>();
    } catch (const Json::exception&) {
        throw Error(what + " must be a list of token ids.");
    }
}

int tokens(const DebugArguments& arguments, Streams streams) {
    const GgufFile file = GgufFile::open(arguments.needed("-m"), GgufFile::Access::Vocabulary);
    const Tokenizer tokenizer(file);
    const std::string text = readAll(streams.input);
    if (arguments.flag("--decode")) {
        for (TokenId id : readIds(text, "The standard input")) {
            if (id < 0 || id >= tokenizer.size()) {
                throw Error("Token " + std::to_string(id) + " is not in the vocabulary, which has " +
                            std::to_string(tokenizer.size()) + ".");
            }
            streams.output << tokenizer.bytes(id);
        }
        return 0;
    }
    const SpecialTokens special =
        arguments.flag("--special") ? SpecialTokens::Allowed : SpecialTokens::AsText;
    std::vector<TokenId> ids = tokenizer.encode(text, special);
    if (arguments.flag("--bos") && tokenizer.bos() >= 0) ids.insert(ids.begin(), tokenizer.bos());
    streams.output << Json(ids).dump() << "\n";
    return 0;
}

int prompt(const DebugArguments& arguments, Streams streams) {
    const GgufFile file = GgufFile::open(arguments.needed("-m"), GgufFile::Access::Vocabulary);
    const Tokenizer tokenizer(file);
    Json context = parseJson(readFile(arguments.needed("--chat")), "The chat file");
    if (!context.is_object() || !context.contains("messages")) {
        throw Error("The chat file must be an object with \"messages\".");
    }
    const auto name = [&](TokenId id) { return id < 0 ? std::string() : std::string(tokenizer.bytes(id)); };
    context["bos_token"] = name(tokenizer.bos());
    context["eos_token"] = name(tokenizer.eos());
    if (!context.contains("add_generation_prompt")) {
        context["add_generation_prompt"] = !arguments.flag("--no-generation-prompt");
    }
    std::string source;
    if (const auto path = arguments.option("--template"))
        source = readFile(*path);
    else if (const auto own = file.string("tokenizer.chat_template"))
        source = std::string(*own);
    else
        source = std::string(ChatTemplate::builtIn(file.string("general.architecture").value_or("")));
    streams.output << ChatTemplate(source).renderJson(context.dump(), 0);
    return 0;
}

/// Logits of every position. The cache is in float32 where no other is asked for: what is compared is the
/// arithmetic, not the cache's rounding.
int logits(const DebugArguments& arguments, Streams) {
    const LoadedModel loaded(arguments.needed("-m"), GgufFile::Access::Weights);
    const std::vector<TokenId> ids = readIds(readFile(arguments.needed("--tokens")), "The token file");
    requireKnown(ids, loaded.model.config().vocabulary);
    const std::string path = arguments.needed("--out");
    std::ofstream out(path, std::ios::binary);
    if (!out) throw Error("\"" + path + "\" cannot be written. Check the folder and its permissions.");

    CpuBackend backend(numberOption(arguments, "--threads", defaultThreads()));
    const int length = std::max(1, static_cast<int>(ids.size()));
    Decoder decoder(loaded.model, backend, length);
    const auto type = arguments.option("--cache");
    KvCache cache(loaded.model.config(),
                  type ? kernelCacheType(cacheTypeNamed(*type)) : kernels::CacheType::F32, length);
    const std::size_t chunk = arguments.flag("--one-by-one") ? 1 : kChunkTokens;
    for (std::size_t at = 0; at < ids.size(); at += chunk) {
        const auto part = std::span(ids).subspan(at, std::min(chunk, ids.size() - at));
        decoder.forward(part, cache, LogitsOf::EveryToken, {});
        out.write(reinterpret_cast<const char*>(decoder.logits().data()),
                  static_cast<std::streamsize>(decoder.logits().size_bytes()));
    }
    if (!out.flush())
        throw Error("\"" + path + "\" could not be written whole. Free some space on the disk.");
    return 0;
}

/// How often the draft head's guesses are right behind a prompt, greedily, and what they save.
int drafts(const DebugArguments& arguments, Streams streams) {
    const std::vector<TokenId> ids = readIds(readFile(arguments.needed("--tokens")), "The token file");
    if (ids.empty()) throw Error("The token file holds no token.");
    const int count = numberOption(arguments, "--count", 128);
    const int context = static_cast<int>(ids.size()) + count;
    LocalEngine engine({.modelPath = arguments.needed("-m"),
                        .contextTokens = context,
                        .expertsInMemory = 1.0,
                        .threads = numberOption(arguments, "--threads", 0)},
                       Drafting::Always);
    const Model& model = engine.loaded().model;
    requireKnown(ids, model.config().vocabulary);
    const auto secondsOf = [&](Timeline& timeline) {
        Sampler greedy(Sampler::merged({.temperature = 0.0f}, {}));
        timeline.sync(ids, {}, {});
        const auto start = Clock::now();
        for (int i = 0; i < count; ++i) timeline.next(greedy, {});
        return secondsSince(start);
    };
    Timeline plain(model, engine.backend(), {.contextTokens = context});
    secondsOf(plain); // reads the experts
    const double plainSeconds = secondsOf(plain);
    const double draftedSeconds = secondsOf(engine.timeline());
    const DraftCounts counts = engine.timeline().draftCounts();
    const Json result{{"draftHead", model.config().draftHead},
                      {"tokens", count},
                      {"guesses", counts.made},
                      {"right", counts.right},
                      {"sameTokens", engine.timeline().tokens() == plain.tokens()},
                      {"plainSeconds", plainSeconds},
                      {"draftedSeconds", draftedSeconds}};
    streams.output << result.dump(2) << "\n";
    return 0;
}

int dequantize(const DebugArguments& arguments, Streams streams) {
    if (arguments.words().size() != 1) throw UsageError("Name one type, such as Q4_K.");
    const kernels::TypeLayout* layout = kernels::findTypeLayout(arguments.words()[0]);
    if (!layout || !kernels::isWeightType(layout->type)) {
        throw Error("\"" + arguments.words()[0] + "\" is not a type of weights.");
    }
    const std::string blocks = readAll(streams.input);
    if (blocks.size() % static_cast<std::size_t>(layout->bytes) != 0) {
        throw Error("The input is not a whole number of blocks of " + std::to_string(layout->bytes) +
                    " bytes.");
    }
    std::vector<float> values(blocks.size() / static_cast<std::size_t>(layout->bytes) *
                              static_cast<std::size_t>(layout->elements));
    kernels::dequantizeRow(layout->type, blocks.data(), values.data(),
                           static_cast<std::int64_t>(values.size()));
    streams.output.write(reinterpret_cast<const char*>(values.data()),
                         static_cast<std::streamsize>(values.size() * sizeof(float)));
    return 0;
}

int split(const DebugArguments& arguments, Streams streams) {
    const auto start =
        arguments.flag("--in-reasoning") ? AnswerSplitter::Start::InReasoning : AnswerSplitter::Start::InText;
    AnswerSplitter splitter(ReasoningFormat::named(arguments.needed("--format")), start);
    std::string reasoning, answer;
    const auto collect = [&](const std::vector<AnswerPiece>& pieces) {
        for (const AnswerPiece& piece : pieces) {
            if (piece.kind == PieceKind::TextWasReasoning) answer.clear();
            (piece.kind == PieceKind::Text ? answer : reasoning) += piece.text;
        }
    };
    const Json list = parseJson(readAll(streams.input), "The standard input");
    try {
        for (const Json& token : list)
            collect(splitter.take(token.at("text").get<std::string>(), token.at("special")));
    } catch (const Json::exception&) {
        throw Error("The standard input must be a list of {\"text\", \"special\"}.");
    }
    collect(splitter.finish());
    const Json result{{"reasoning", reasoning}, {"answer", answer}, {"state", splitter.state()}};
    streams.output << result.dump(-1, ' ', false, Json::error_handler_t::replace) << "\n";
    return 0;
}

int render(const DebugArguments&, Streams streams) {
    const Json request = parseJson(readAll(streams.input), "The standard input");
    if (!request.is_object() || !request.contains("template") || !request["template"].is_string()) {
        throw Error("The standard input must be an object with \"template\" and \"context\".");
    }
    const Json now = request.value("now", Json());
    const std::int64_t seconds = now.is_string() ? parseIsoTime(now.get<std::string>()) : 0;
    const ChatTemplate chatTemplate(request["template"].get<std::string>());
    streams.output << chatTemplate.renderJson(request.value("context", Json::object()).dump(), seconds);
    return 0;
}

struct Command {
    std::string_view name;
    std::string_view usage;
    std::vector<std::string_view> options;
    std::vector<std::string_view> flags;
    int (*run)(const DebugArguments&, Streams);
};

const std::vector<Command>& commands() {
    static const std::vector<Command> all{
        {"tokens",
         "-m FILE [--special] [--bos] [--decode]",
         {"-m"},
         {"--special", "--bos", "--decode"},
         tokens},
        {"prompt",
         "-m FILE --chat FILE.json [--template FILE] [--no-generation-prompt]",
         {"-m", "--chat", "--template"},
         {"--no-generation-prompt"},
         prompt},
        {"logits",
         "-m FILE --tokens FILE.json --out FILE.f32 [--cache f16|q8_0] [--one-by-one] [--threads N]",
         {"-m", "--tokens", "--out", "--cache", "--threads"},
         {"--one-by-one"},
         logits},
        {"drafts",
         "-m FILE --tokens FILE.json [--count N] [--threads N]",
         {"-m", "--tokens", "--count", "--threads"},
         {},
         drafts},
        {"dequantize", "TYPE", {}, {}, dequantize},
        {"split", "--format NAME [--in-reasoning]", {"--format"}, {"--in-reasoning"}, split},
        {"render", "", {}, {}, render},
    };
    return all;
}

void printUsage(std::ostream& stream) {
    for (const Command& command : commands())
        stream << "  ponder debug " << command.name << " " << command.usage << "\n";
}

} // namespace

int runDebugCommand(std::span<const std::string> arguments, std::istream& input, std::ostream& output,
                    std::ostream& complaints) {
    if (!arguments.empty() && (arguments[0] == "--help" || arguments[0] == "-h")) {
        printUsage(output);
        return 0;
    }
    for (const Command& command : commands()) {
        if (arguments.empty() || arguments[0] != command.name) continue;
        try {
            return command.run(DebugArguments(arguments.subspan(1), command.options, command.flags),
                               {input, output});
        } catch (const UsageError& error) {
            complaints << "ponder: " << error.what() << " Use: ponder debug " << command.name << " "
                       << command.usage << "\n";
            return 2;
        }
    }
    complaints << "ponder: Unknown debug command. Use one of:\n";
    printUsage(complaints);
    return 2;
}

} // namespace ponder::engine
