#include "app/library/library_view.h"

#include <algorithm>

#include <QCoreApplication>
#include <QLocale>

#include "ui/widgets/byte_text.h"

namespace ponder::app {

namespace {

struct LibraryWords {
    Q_DECLARE_TR_FUNCTIONS(LibraryWords)
};

QString text(std::string_view words) {
    return QString::fromUtf8(words.data(), static_cast<qsizetype>(words.size()));
}

QString pathText(const std::filesystem::path& path) {
    return text(path.string());
}

QString bytes(std::uint64_t count) {
    return ui::bytesText(static_cast<qint64>(count));
}

QString number(std::int64_t value) {
    return QLocale().toString(static_cast<qlonglong>(value));
}

/// "4.1 million", "31 billion".
QString countWords(std::uint64_t count) {
    const auto value = static_cast<double>(count);
    const auto rounded = [](double scaled) { return QLocale().toString(scaled, 'f', scaled < 9.95 ? 1 : 0); };
    if (count >= 1'000'000'000) return LibraryWords::tr("%1 billion").arg(rounded(value / 1e9));
    if (count >= 1'000'000) return LibraryWords::tr("%1 million").arg(rounded(value / 1e6));
    return number(static_cast<std::int64_t>(count));
}

QString nameOf(const ModelCard& card) {
    return text(card.info.name.empty() ? card.found.name : card.info.name);
}

QString lineOf(const ModelCard& card) {
    QStringList parts;
    if (!card.info.architecture.empty()) parts << text(card.info.architecture);
    if (card.info.parameters > 0) parts << countWords(card.info.parameters);
    if (!card.info.quantisation.empty()) parts << text(card.info.quantisation);
    parts << bytes(card.found.sizeBytes);
    return parts.join(QStringLiteral(" · "));
}

QString placeOf(const FoundModel& found) {
    return found.source == ModelSource::Folder ? pathText(found.path.parent_path())
                                               : text(sourceName(found.source));
}

ui::LibraryState stateOf(const ModelCard& card, const CurrentModel& current) {
    switch (card.state()) {
    case ModelState::Ready:
        break;
    case ModelState::BeingWritten:
    case ModelState::Incomplete:
        return ui::LibraryState::Unfinished;
    case ModelState::Unusable:
        return ui::LibraryState::CannotRun;
    }
    return current.isInMemory && card.liesAt(current.path) ? ui::LibraryState::InMemory
                                                           : ui::LibraryState::Ready;
}

QString problemOf(const ModelCard& card) {
    return text(card.problem.empty() ? card.found.problem : card.problem);
}

/// The engine's names of roles and origins, for the translators.
[[maybe_unused]] constexpr const char* kEngineWords[] = {
    QT_TRANSLATE_NOOP("LibraryWords", "begins a text"),
    QT_TRANSLATE_NOOP("LibraryWords", "ends a text"),
    QT_TRANSLATE_NOOP("LibraryWords", "ends an answer"),
    QT_TRANSLATE_NOOP("LibraryWords", "ends a turn"),
    QT_TRANSLATE_NOOP("LibraryWords", "ends a message"),
    QT_TRANSLATE_NOOP("LibraryWords", "unknown text"),
    QT_TRANSLATE_NOOP("LibraryWords", "padding"),
    QT_TRANSLATE_NOOP("LibraryWords", "separator"),
    QT_TRANSLATE_NOOP("LibraryWords", "mask"),
    QT_TRANSLATE_NOOP("LibraryWords", "before a gap"),
    QT_TRANSLATE_NOOP("LibraryWords", "behind a gap"),
    QT_TRANSLATE_NOOP("LibraryWords", "fills a gap"),
    QT_TRANSLATE_NOOP("LibraryWords", "base model"),
    QT_TRANSLATE_NOOP("LibraryWords", "publisher"),
    QT_TRANSLATE_NOOP("LibraryWords", "author"),
    QT_TRANSLATE_NOOP("LibraryWords", "version"),
    QT_TRANSLATE_NOOP("LibraryWords", "fine-tuned for"),
    QT_TRANSLATE_NOOP("LibraryWords", "quantised by"),
    QT_TRANSLATE_NOOP("LibraryWords", "address"),
    QT_TRANSLATE_NOOP("LibraryWords", "repository"),
    QT_TRANSLATE_NOOP("LibraryWords", "made from"),
    QT_TRANSLATE_NOOP("LibraryWords", "licence by name"),
    QT_TRANSLATE_NOOP("LibraryWords", "licence text"),
    QT_TRANSLATE_NOOP("LibraryWords", "opens a thought"),
    QT_TRANSLATE_NOOP("LibraryWords", "closes a thought"),
    QT_TRANSLATE_NOOP("LibraryWords", "languages"),
    QT_TRANSLATE_NOOP("LibraryWords", "tags"),
    QT_TRANSLATE_NOOP("LibraryWords", "base model's publisher"),
    QT_TRANSLATE_NOOP("LibraryWords", "base model's repository"),
    QT_TRANSLATE_NOOP("LibraryWords", "temperature"),
    QT_TRANSLATE_NOOP("LibraryWords", "top k"),
    QT_TRANSLATE_NOOP("LibraryWords", "top p"),
    QT_TRANSLATE_NOOP("LibraryWords", "min p"),
    QT_TRANSLATE_NOOP("LibraryWords", "repetition penalty"),
    QT_TRANSLATE_NOOP("LibraryWords", "penalty tokens"),
};

QString translated(const std::string& word) {
    const QString words = QCoreApplication::translate("LibraryWords", word.c_str());
    return words.isEmpty() ? words : words.left(1).toUpper() + words.mid(1);
}

std::vector<ui::CardFact> factsOf(const engine::ModelDetails& details) {
    std::vector<ui::CardFact> facts;
    const auto add = [&](const QString& name, const QString& value) {
        if (!value.isEmpty()) facts.push_back({name, value});
    };
    add(LibraryWords::tr("Family"), text(details.family));
    QString parameters = countWords(details.parameters);
    if (details.activeParameters > 0 && details.activeParameters < details.parameters)
        parameters = LibraryWords::tr("%1, %2 of them for each token")
                         .arg(parameters, countWords(details.activeParameters));
    if (details.parameters > 0) add(LibraryWords::tr("Parameters"), parameters);
    if (details.experts > 0)
        add(LibraryWords::tr("Experts"),
            LibraryWords::tr("%1, %2 for each token").arg(details.experts).arg(details.expertsUsed));
    if (details.layers > 0) add(LibraryWords::tr("Layers"), number(details.layers));
    if (details.trainedContextTokens > 0)
        add(LibraryWords::tr("Trained context"),
            LibraryWords::tr("%Ln token(s)", nullptr, details.trainedContextTokens));
    if (details.vocabularyTokens > 0) {
        QString vocabulary = LibraryWords::tr("%Ln token(s)", nullptr, details.vocabularyTokens);
        for (const std::string& more : {details.vocabularyKind, details.splittingRule}) {
            if (!more.empty()) vocabulary += ", " + text(more);
        }
        add(LibraryWords::tr("Vocabulary"), vocabulary);
    }
    QString thoughts =
        details.reasoningFormat == "none" ? LibraryWords::tr("none") : text(details.reasoningFormat);
    if (details.reasoningSwitchable) thoughts = LibraryWords::tr("%1, can be switched off").arg(thoughts);
    add(LibraryWords::tr("Thoughts"), thoughts);
    add(LibraryWords::tr("Licence"),
        details.license.empty() ? LibraryWords::tr("the file does not say") : text(details.license));
    add(LibraryWords::tr("Description"), text(details.description));
    for (const engine::OriginFact& fact : details.origin) add(translated(fact.name), text(fact.value));
    return facts;
}

std::vector<ui::TypeShare> typesOf(const engine::ModelDetails& details) {
    std::uint64_t all = 0;
    for (const engine::TypeShare& share : details.types) all += share.bytes;
    std::vector<ui::TypeShare> types;
    for (const engine::TypeShare& share : details.types)
        types.push_back(
            {text(share.type), all > 0 ? double(share.bytes) / double(all) : 0,
             LibraryWords::tr("%Ln tensor(s), %1", nullptr, share.tensors).arg(bytes(share.bytes))});
    return types;
}

void takeDetails(ui::LibraryCard& shown, const engine::ModelDetails& details) {
    shown.facts = factsOf(details);
    shown.types = typesOf(details);
    for (const std::string& problem : details.problems) shown.notices << text(problem);
    for (const engine::SpecialToken& token : details.specialTokens)
        shown.tokens.push_back(
            {translated(token.role), QStringLiteral("%1 (%2)").arg(text(token.text)).arg(token.id)});
    for (const engine::SamplingDefault& value : details.sampling)
        shown.sampling.push_back(
            {translated(value.name),
             value.fromFile
                 ? LibraryWords::tr("%1, says the file").arg(QLocale().toString(value.value, 'g', 6))
                 : LibraryWords::tr("%1, say its makers").arg(QLocale().toString(value.value, 'g', 6))});
    shown.templateText = text(details.chatTemplate);
    const auto size = static_cast<int>(shown.templateText.size());
    shown.templateOrigin =
        details.templateOrigin == engine::TemplateOrigin::File
            ? LibraryWords::tr("The template is the file's own, %Ln character(s) long.", nullptr, size)
            : LibraryWords::tr("The template is Ponder's own for this family.");
}

} // namespace

ui::ModelRow pickerRow(const ModelCard& card) {
    ui::ModelRow row;
    row.path = pathText(card.found.path);
    row.name = nameOf(card);
    row.size = bytes(card.found.sizeBytes);
    if (!card.info.quantisation.empty()) row.size += QStringLiteral(", ") + text(card.info.quantisation);
    row.problem = problemOf(card);
    row.where = placeOf(card.found);
    return row;
}

ui::LibraryRow libraryRow(const ModelCard& card, const CurrentModel& current) {
    return {.path = pathText(card.found.path),
            .name = nameOf(card),
            .line = lineOf(card),
            .where = placeOf(card.found) + ' ' + text(card.found.name),
            .state = stateOf(card, current),
            .problem = problemOf(card)};
}

ui::LibraryCard libraryCard(const ModelCard& card, const CurrentModel& current,
                            const std::optional<engine::ModelDetails>& details) {
    ui::LibraryCard shown;
    shown.path = pathText(card.found.path);
    shown.name = nameOf(card);
    shown.line = lineOf(card) + QStringLiteral(" · ") + placeOf(card.found);
    shown.state = stateOf(card, current);
    shown.problem = problemOf(card);
    shown.isCurrent = card.liesAt(current.path);
    shown.canBeRemoved = card.found.source != ModelSource::Bundled;
    if (card.found.files.empty()) shown.paths << shown.path;
    for (const ModelFile& file : card.found.files) shown.paths << text(file.path);
    for (const std::string& other : card.found.otherPaths) shown.paths << text(other);
    for (const FoundModel& copy : card.copies) shown.paths << pathText(copy.path);
    if (details) takeDetails(shown, *details);
    return shown;
}

ui::CardHash cardHash(const HashState& state) {
    ui::CardHash shown;
    shown.digest = text(state.sha256);
    shown.part = state.totalBytes > 0 ? double(state.doneBytes) / double(state.totalBytes) : 0;
    shown.with = LibraryWords::tr("the SHA-256 its source gives it");
    switch (state.stage) {
    case HashState::Stage::NotAsked:
    case HashState::Stage::Failed:
        shown.state = ui::HashState::None;
        break;
    case HashState::Stage::Waiting:
        shown.state = ui::HashState::Waiting;
        break;
    case HashState::Stage::Running:
        shown.state = ui::HashState::Running;
        break;
    case HashState::Stage::Known:
        shown.state = ui::HashState::Known;
        break;
    }
    if (state.verdict == HashVerdict::Verified) shown.verdict = ui::HashVerdict::Same;
    if (state.verdict == HashVerdict::Differs) shown.verdict = ui::HashVerdict::Different;
    return shown;
}

ui::PromptSample promptSample(const engine::PromptPreview& preview) {
    ui::PromptSample sample;
    sample.tokens = preview.totalTokens;
    for (const engine::PreviewSegment& segment : preview.segments)
        sample.stretches.push_back({text(segment.text), segment.origin == engine::PromptOrigin::Markup});
    return sample;
}

std::vector<ui::ModelFolder> modelFolders(const std::vector<FolderState>& folders,
                                          const std::vector<ModelCard>& cards,
                                          const std::vector<std::string>& ownChoice) {
    std::vector<ui::ModelFolder> rows;
    for (const FolderState& state : folders) {
        const std::string folder = state.root.folder.string();
        ui::ModelFolder row;
        row.path = text(folder);
        row.isThere = state.outcome == FolderOutcome::Found;
        row.canBeTakenOff = state.root.source == ModelSource::Folder &&
                            std::find(ownChoice.begin(), ownChoice.end(), folder) != ownChoice.end();
        if (state.root.source != ModelSource::Folder) row.source = text(sourceName(state.root.source));
        const auto inside = std::count_if(cards.begin(), cards.end(), [&](const ModelCard& card) {
            return card.found.path.string().starts_with(folder + "/");
        });
        switch (state.outcome) {
        case FolderOutcome::Found:
            row.note = LibraryWords::tr("%Ln model(s)", nullptr, static_cast<int>(inside));
            break;
        case FolderOutcome::NotThere:
            row.note = LibraryWords::tr("not there");
            break;
        case FolderOutcome::NotReadable:
            row.note = LibraryWords::tr("cannot be read");
            break;
        }
        rows.push_back(row);
    }
    return rows;
}

ui::ConfirmDialog::Words removalQuestion(const RemovalPlan& plan) {
    ui::ConfirmDialog::Words words;
    words.question = LibraryWords::tr("Delete %1?").arg(text(plan.name));
    QStringList lines;
    for (const RemovalStep& step : plan.steps) lines << text(step.path);
    lines << (plan.toTrash
                  ? LibraryWords::tr("It goes to the trash; %1 become free once that is emptied.")
                  : LibraryWords::tr("There is no trash here: it is deleted for good, and %1 become free."))
                 .arg(bytes(plan.freedBytes));
    for (const std::string& note : plan.notes) lines << text(note);
    words.consequence = lines.join('\n');
    words.action = plan.toTrash ? LibraryWords::tr("Move to the trash") : LibraryWords::tr("Delete for good");
    return words;
}

ui::ConfirmDialog::Words secondRemovalQuestion(const RemovalPlan& plan) {
    return {.question = LibraryWords::tr("These files are not Ponder's. Delete them all the same?"),
            .consequence =
                LibraryWords::tr(
                    "%1 lies in a folder of another program or of your own, which may still need it.")
                    .arg(text(plan.name)),
            .action = LibraryWords::tr("Delete all the same")};
}

} // namespace ponder::app
