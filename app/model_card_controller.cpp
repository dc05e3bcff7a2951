#include "app/model_card_controller.h"

#include <ctime>

#include <QDesktopServices>
#include <QFileInfo>
#include <QUrl>

#include "app/library/library_view.h"
#include "app/plan/machine_speed_file.h"
#include "app/plan/plan_view.h"
#include "app/shown_message.h"
#include "ui/dialogs/text_viewer.h"
#include "ui/library/card_part.h"
#include "ui/library/library_page.h"
#include "ui/run_later.h"
#include "ui/widgets/byte_text.h"
#include "ui/window_dialogs.h"

namespace ponder::app {

namespace {

constexpr int kMostPromptTokens = 1;
constexpr int kSaveMilliseconds = 300;

template <typename Result>
struct Read {
    std::optional<Result> result;
    std::string problem;
};

template <typename Result>
Read<Result> tried(const std::function<Result()>& read) {
    try {
        return {read(), {}};
    } catch (const engine::Error& error) {
        return {std::nullopt, error.what()};
    }
}

} // namespace

ModelCardController::ModelCardController(LibraryKeeper& library, HashKeeper& hashes, ModelController& models,
                                         RunChoices& choices, ChatController& chats, const Settings& settings,
                                         const Paths& paths, ui::Theme& theme, ui::MainWindow& window)
    : library_(library), hashes_(hashes), models_(models), choices_(choices), chats_(chats),
      settings_(settings), paths_(paths), theme_(theme), window_(window), records_(paths.planRecords()),
      speed_(paths.machineSpeed(),
             [this] {
                 ui::runLater(this, [this] {
                     isMeasuring_ = false;
                     showPlan();
                 });
             }),
      reader_([](const std::exception&) {}) {
    using ui::CardPart;
    CardPart& part = window_.library().card();
    connect(&part, &CardPart::useRequested, this, [this] {
        models_.pick(shown_.path);
        window_.closePages();
    });
    connect(&part, &CardPart::planChosen, this, &ModelCardController::choose);
    connect(&part, &CardPart::measureRequested, this, &ModelCardController::measureAgain);
    connect(&part, &CardPart::verifyRequested, this, &ModelCardController::verify);
    connect(&part, &CardPart::promptRequested, this, &ModelCardController::showPrompt);
    connect(&part, &CardPart::templateRequested, this, &ModelCardController::showTemplate);
    connect(&part, &CardPart::folderRequested, this, &ModelCardController::openFolder);
    connect(&part, &CardPart::removalRequested, this, &ModelCardController::askToRemove);
    connect(&hashes_, &HashKeeper::changed, this, &ModelCardController::showHash);
    saving_.setSingleShot(true);
    connect(&saving_, &QTimer::timeout, this, &ModelCardController::saveChoices);
}

ModelCardController::~ModelCardController() {
    if (saving_.isActive()) saveChoices();
}

const ModelCard* ModelCardController::card() const {
    for (const ModelCard& card : library_.cards()) {
        if (card.found.path.string() == shown_.path) return &card;
    }
    return nullptr;
}

void ModelCardController::show(const std::string& path) {
    if (path == shown_.path) return refresh();
    // Whoever goes through the list does not want every file read; what was asked for goes on.
    if (const ModelCard* before = card(); before && !shown_.hashWanted) hashes_.cancel(before->found);
    shown_ = {};
    shown_.path = path;
    ++opened_;
    refresh();
    if (card()) read();
}

void ModelCardController::refresh() {
    const ModelCard* found = card();
    if (!found) return;
    window_.library().card().setCard(libraryCard(*found, models_.inUse(), shown_.details));
    showPlan();
    showHash();
}

void ModelCardController::read() {
    if (card()->state() != ModelState::Ready) return;
    reader_.post([this, path = shown_.path, turn = opened_.load()] {
        // Who goes through the list by the arrows waits for the last one only.
        if (turn != opened_) return;
        // First what answers most people's question.
        auto footprint = tried<engine::ModelFootprint>([&] { return engine::footprintOf(path); });
        ui::runLater(this, [this, path, footprint] {
            if (path != shown_.path) return;
            shown_.footprint = footprint.result;
            showPlan();
        });
        auto details = tried<engine::ModelDetails>([&] { return engine::describeModel(path); });
        ui::runLater(this, [this, path, details = std::move(details)] {
            if (path != shown_.path) return;
            shown_.details = details.result;
            refresh();
            if (const ModelCard* found = card()) hashes_.want(found->found);
        });
    });
}

engine::Machine ModelCardController::machine() const {
    engine::Machine machine = engine::lookAtMachine();
    if (const auto speed = speed_.known()) machine.speed = *speed;
    // What the model in memory holds alone is free again before another one is loaded.
    if (models_.inUse().isInMemory && models_.info())
        machine.freeBytes += models_.info()->process.ownBytes + models_.info()->process.unreadBytes;
    return machine;
}

void ModelCardController::showPlan() {
    const ModelCard* found = card();
    ui::CardPart& part = window_.library().card();
    if (!found || !shown_.footprint || found->state() != ModelState::Ready) return part.setPlan({});
    const engine::Machine here = machine();
    const RunChoice choice = choices_.of(shown_.path);
    engine::PlanRequest request = planRequest(choice, settings_.threads);
    if (request.contextTokens == 0) request.contextTokens = settings_.contextTokens;
    engine::MemoryPlan plan = engine::planMemory(*shown_.footprint, request, here);
    PlannedModel planned{.footprint = *shown_.footprint, .machine = here, .choice = choice};
    if (shown_.details) {
        plan = records_.corrected(std::move(plan), shown_.details->identity, settings_.threads);
        const std::vector<PlanRecord> records = records_.of(shown_.details->identity);
        if (!records.empty()) planned.record = records.front();
    }
    ui::PlanView view = planView(plan, planned);
    view.isMeasuring = isMeasuring_;
    part.setPlan(view);
}

void ModelCardController::choose(const ui::PlanChoice& choice) {
    choices_.set(shown_.path, runChoice(choice));
    saving_.start(kSaveMilliseconds);
    showPlan();
}

void ModelCardController::saveChoices() {
    reader_.post([this, choices = choices_] {
        try {
            choices.save();
        } catch (const engine::Error& error) {
            ui::runLater(this, [this, message = std::string(error.what())] { tell(message); });
        }
    });
}

void ModelCardController::noteAnswer(const engine::ModelInfo& model, const engine::AnswerSummary& answer) {
    const auto record =
        recordOf(model, answer, speed_.known().value_or(engine::MachineSpeed()), std::time(nullptr));
    if (!record) return;
    records_.add(*record);
    // A file that cannot be written costs what was measured at the next start, and nothing else.
    reader_.post([records = records_] { records.save(); });
    if (window_.library().isVisible()) showPlan();
}

engine::SpeedProbe ModelCardController::probe() const {
    std::string file = shown_.path;
    std::uint64_t largest = 0;
    for (const ModelCard& card : library_.cards()) {
        if (!shown_.path.empty() || card.found.sizeBytes <= largest) continue;
        largest = card.found.sizeBytes;
        file = card.found.path.string();
    }
    return {.threads = settings_.threads, .diskFile = file};
}

void ModelCardController::measure() {
    const auto known = speed_.known();
    if (known && isOfThisMachine(*known, settings_.threads, std::time(nullptr))) return;
    if (models_.busy()) return; // it would find a slow machine, and slow the answer down
    isMeasuring_ = true;
    speed_.measure(probe());
}

void ModelCardController::measureAgain() {
    isMeasuring_ = true;
    showPlan();
    speed_.measureAgain(probe());
}

void ModelCardController::showHash() {
    if (const ModelCard* found = card())
        window_.library().card().setHash(cardHash(hashes_.state(found->found)));
}

void ModelCardController::verify() {
    shown_.hashWanted = true;
    if (const ModelCard* found = card()) hashes_.want(found->found);
}

void ModelCardController::showPrompt() {
    const std::string draft = window_.composer().draft().trimmed().toStdString();
    reader_.post([this, path = shown_.path, request = chats_.nextPrompt(draft).request] {
        auto seen = tried<engine::PromptPreview>([&] {
            return engine::previewPromptOf(path, request, {0, kMostPromptTokens});
        });
        ui::runLater(this, [this, path, seen = std::move(seen)] {
            if (path != shown_.path) return;
            ui::PromptSample sample;
            if (seen.result)
                sample = promptSample(*seen.result);
            else
                sample.problem = QString::fromStdString(seen.problem);
            window_.library().card().setPrompt(sample);
        });
    });
}

void ModelCardController::showTemplate() {
    if (!shown_.details) return;
    const QString text = QString::fromStdString(shown_.details->chatTemplate);
    window_.dialogs().openText(
        {.name = tr("Template of %1").arg(QString::fromStdString(shown_.details->name)),
         .kind = tr("Jinja"),
         .size = ui::bytesText(text.toUtf8().size()),
         .tokens = {},
         .text = text});
}

void ModelCardController::openFolder() {
    const QFileInfo file(QString::fromStdString(shown_.path));
    if (!QDesktopServices::openUrl(QUrl::fromLocalFile(file.absolutePath())))
        tell("No program on this computer shows folders. The model lies in " +
             file.absolutePath().toStdString() + ".");
}

void ModelCardController::askToRemove() {
    const ModelCard* found = card();
    if (!found) return;
    const std::string loaded = models_.inUse().isInMemory ? models_.current() : std::string();
    reader_.post([this, model = found->found, own = paths_.modelsFolder(), loaded] {
        const auto planned =
            tried<RemovalPlan>([&] { return planRemoval(model, {.ownFolder = own, .loadedPath = loaded}); });
        ui::runLater(this, [this, planned] {
            if (!planned.result) return tell(planned.problem);
            if (!planned.result->refusal.empty()) return tell(planned.result->refusal);
            auto* first = new ui::ConfirmDialog(theme_, removalQuestion(*planned.result), &window_);
            first->setAttribute(Qt::WA_DeleteOnClose);
            connect(first, &QDialog::accepted, this, [this, plan = *planned.result] {
                if (plan.insideOwnFolders) return remove(plan);
                auto* second = new ui::ConfirmDialog(theme_, secondRemovalQuestion(plan), &window_);
                second->setAttribute(Qt::WA_DeleteOnClose);
                connect(second, &QDialog::accepted, this, [this, plan] { remove(plan); });
                second->open();
            });
            first->open();
        });
    });
}

void ModelCardController::remove(const RemovalPlan& plan) {
    reader_.post([this, plan] {
        std::string problem;
        try {
            removeModel(plan);
        } catch (const engine::Error& error) {
            problem = error.what();
        }
        ui::runLater(this, [this, problem] {
            if (!problem.empty()) tell(problem);
            window_.library().choose({});
            show({});
            library_.rescan();
        });
    });
}

void ModelCardController::tell(const std::string& message) {
    window_.library().showNotice(ui::NoticeKind::Error, shownFailure(QString::fromStdString(message)));
}

} // namespace ponder::app
