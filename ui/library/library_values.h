#pragma once

#include <QList>
#include <QMetaType>
#include <QString>
#include <QStringList>

#include <vector>

namespace ponder::ui {

enum class LibraryState {
    Ready,
    InMemory,
    Unfinished, ///< still being written, or parts are missing
    CannotRun,
};

/// One model in the list of the library.
struct LibraryRow {
    QString path; ///< what the signals carry
    QString name;
    QString line; ///< "qwen3moe · 31 billion parameters · Q4_K_M · 18.6 GB"
    QString where = {};
    LibraryState state = LibraryState::Ready;
    QString problem = {}; ///< why it cannot be used; shown in place of `line`

    bool operator==(const LibraryRow&) const = default;
};

/// A line of a card: "Licence", "Apache 2.0".
struct CardFact {
    QString name;
    QString value;

    bool operator==(const CardFact&) const = default;
};

/// How much of a model is kept in one type of numbers.
struct TypeShare {
    QString type;
    double share = 0; ///< of all bytes, 0…1
    QString detail;   ///< "162 tensors, 1.4 GB"

    bool operator==(const TypeShare&) const = default;
};

enum class HashState { None, Waiting, Running, Known };
enum class HashVerdict { NothingToCompare, Same, Different };

struct CardHash {
    HashState state = HashState::None;
    double part = 0; ///< done, while it runs
    QString digest = {};
    HashVerdict verdict = HashVerdict::NothingToCompare;
    QString with = {}; ///< "the name Hugging Face gave the file"

    bool operator==(const CardHash&) const = default;
};

/// What the model would be given of the open chat.
struct PromptStretch {
    QString text;
    bool isMarkup = false; ///< the template's own, not a person's or the model's words

    bool operator==(const PromptStretch&) const = default;
};

struct PromptSample {
    int tokens = 0;
    std::vector<PromptStretch> stretches = {};
    QString problem = {}; ///< the template failed

    bool operator==(const PromptSample&) const = default;
};

/// Everything a person may want to know of a model.
struct LibraryCard {
    QString path;
    QString name;
    QString line;
    LibraryState state = LibraryState::Ready;
    QString problem = {};
    QStringList notices = {};
    QStringList paths = {}; ///< every place of the same content
    std::vector<CardFact> facts = {};
    std::vector<TypeShare> types = {};
    std::vector<CardFact> sampling = {};
    std::vector<CardFact> tokens = {}; ///< "End of answer", "<|im_end|> (151645)"
    QString templateOrigin = {};       ///< "From the file", "Ponder's own for this family"
    QString templateText = {};
    bool isCurrent = false;
    bool canBeRemoved = true;

    bool operator==(const LibraryCard&) const = default;
};

enum class PlanUse { Others, Weights, Experts, Cache, Scratch };

struct PlanPiece {
    PlanUse use = PlanUse::Weights;
    qint64 bytes = 0;

    bool operator==(const PlanPiece&) const = default;
};

/// A device and what is to be on it; what the pieces leave of `totalBytes` is free.
struct PlanDevice {
    QString name;
    qint64 totalBytes = 0;
    std::vector<PlanPiece> pieces = {};
    bool fits = true;
    QString words = {}; ///< "4.1 GB of 16.2 GB"

    bool operator==(const PlanDevice&) const = default;
};

/// What a person wants of the plan; what is left out is chosen automatically.
struct PlanChoice {
    int contextTokens = 0;   ///< 0: automatic
    QString cacheType = {};  ///< "f16", "q8_0"; empty: automatic
    int expertsPercent = -1; ///< of the experts read into memory at the start; -1: automatic

    bool operator==(const PlanChoice&) const = default;
};

/// What a model will need and how fast it will be, as the card shows it.
struct PlanView {
    bool fits = true;
    QString headline;         ///< "Fits: about 9 tokens a second"
    QString explanation = {}; ///< why the automatic choice is what it is, or what is missing
    std::vector<PlanDevice> devices = {};
    PlanChoice choice = {};    ///< what the person set
    int contextTokens = 0;     ///< in force
    int mostContextTokens = 0; ///< what the model was trained for
    QString cacheType = {};    ///< in force
    bool hasExperts = false;
    int expertsPercent = 0;  ///< in force
    QString suggestion = {}; ///< the words of the button that would make it fit; empty: none
    PlanChoice suggested = {};
    QString measured = {};   ///< predicted against measured, once it has run here
    QString bandwidths = {}; ///< "Memory 29 GB/s, disk 2.1 GB/s"
    bool isMeasuring = false;
    QStringList notices = {};

    bool operator==(const PlanView&) const = default;
};

/// A model of the catalogue.
struct OfferRow {
    QString id;
    QString name;
    QString publisher;
    QString line;  ///< "Q4_K_M · 2.5 GB · Apache 2.0"
    QString words; ///< what it is good for
    QString needs; ///< "Needs 4 GB of memory"
    bool isHere = false;
    bool isTooLarge = false;

    bool operator==(const OfferRow&) const = default;
};

/// A file behind a link.
struct LinkedFile {
    QString id;
    QString name;
    QString size;

    bool operator==(const LinkedFile&) const = default;
};

/// What became of a link that was looked at.
struct LinkAnswer {
    QString link;
    bool isRunning = false;
    QString title = {}; ///< "Qwen/Qwen3-4B-GGUF"
    QString about = {}; ///< licence, revision
    std::vector<LinkedFile> files = {};
    QString problem = {};
    QString nextStep = {};

    bool operator==(const LinkAnswer&) const = default;
};

enum class DownloadState { Waiting, Running, Checking, Paused, Failed, Done };

struct DownloadRow {
    QString id;
    QString name;
    QString line; ///< "1.2 GB of 4.1 GB · 12 MB/s · 4 minutes left"
    double part = 0;
    DownloadState state = DownloadState::Waiting;
    QString problem = {};

    bool operator==(const DownloadRow&) const = default;
};

/// A place where models are looked for.
struct ModelFolder {
    QString path;
    QString source; ///< "LM Studio"; empty: the person's own choice
    bool isThere = true;
    bool canBeTakenOff = false;
    QString note = {}; ///< "12 models", "not there"

    bool operator==(const ModelFolder&) const = default;
};

} // namespace ponder::ui
