#include "app/model_controller.h"

#include <QFileDialog>
#include <QFileInfo>

#include "app/library/model_library.h"
#include "app/shown_message.h"

namespace ponder::app {

namespace {

// A model this small is in memory before the prompt is typed; a larger one waits until it is needed.
constexpr qint64 kLoadAtOnceBytes = 2'000'000'000;

QString fromPath(const std::filesystem::path& path) {
    return QString::fromStdString(path.string());
}

} // namespace

ModelController::ModelController(EngineClient& engine, const LibraryKeeper& library,
                                 const RunChoices& choices, const Settings& settings, const Paths& paths,
                                 ui::MainWindow& window)
    : engine_(engine), library_(library), choices_(choices), settings_(settings), paths_(paths),
      window_(window) {
    using ui::MainWindow;
    connect(&window_, &MainWindow::modelChosen, this,
            [this](const QString& path) { pick(path.toStdString()); });
    connect(&window_, &MainWindow::openModelFileRequested, this, &ModelController::askForFile);
    connect(&window_, &MainWindow::loadCancelRequested, this, &ModelController::cancelLoading);
    connect(&window_, &MainWindow::unloadModelRequested, this, &ModelController::unload);
    idle_.setSingleShot(true);
    connect(&idle_, &QTimer::timeout, this, &ModelController::unload);
}

void ModelController::refresh() {
    std::vector<ui::ModelRow> rows;
    for (const ModelCard& card : library_.cards()) rows.push_back(pickerRow(card));
    window_.setModels(std::move(rows));
    window_.setCurrentModel(QString::fromStdString(current_));
}

void ModelController::pick(const std::string& path) {
    choose(path);
    emit picked(path);
}

void ModelController::askForFile() {
    auto* dialog = new QFileDialog(&window_, tr("Open a model file"), fromPath(paths_.home),
                                   tr("Models (*.gguf);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this](const QString& path) { pick(path.toStdString()); });
    dialog->open();
}

void ModelController::choose(const std::string& path) {
    if (path == current_) return;
    if (ahead_ != 0) engine_.cancel(ahead_);
    ahead_ = 0;
    current_ = path;
    info_.reset();
    window_.setCurrentModel(QString::fromStdString(path));
    setResidence(ui::ModelResidence::OnDisk);
    emit chosen();
    if (path.empty() || QFileInfo(QString::fromStdString(path)).size() > kLoadAtOnceBytes) return;
    auto request = std::make_shared<RequestId>(0);
    ahead_ = *request = engine_.load(engineOptions(), [this, path, request](const EngineEvent& event) {
        note(*request, event);
        if (std::holds_alternative<RequestDone>(event) && ahead_ == *request) ahead_ = 0;
        const auto* failed = std::get_if<LoadFailed>(&event);
        if (failed && !failed->cancelled && path == current_)
            window_.showNotice(ui::NoticeKind::Error, shownFailure(QString::fromStdString(failed->message)));
    });
}

void ModelController::unload() {
    if (engine_.busy()) return; // it is being used after all
    engine_.unload();
    setResidence(ui::ModelResidence::OnDisk);
}

void ModelController::setResidence(ui::ModelResidence residence) {
    isInMemory_ = residence == ui::ModelResidence::InMemory;
    window_.setModelResidence(residence);
    emit residenceChanged();
}

CurrentModel ModelController::inUse() const {
    return {current_, isInMemory_};
}

bool ModelController::isStarter() const {
    return !current_.empty() && current_ == starterModel().string();
}

engine::EngineOptions ModelController::engineOptions() const {
    engine::EngineOptions options;
    options.modelPath = current_;
    const RunChoice choice = choices_.of(current_);
    options.contextTokens = choice.contextTokens > 0 ? choice.contextTokens : settings_.contextTokens;
    options.cacheType = choice.cacheType.value_or(engine::CacheType::F16);
    options.expertsInMemory = choice.expertsInMemory;
    options.threads = settings_.threads;
    options.snapshotFolder = paths_.snapshots().string();
    return options;
}

const ModelCard* ModelController::currentCard() const {
    for (const ModelCard& card : library_.cards())
        if (card.liesAt(current_)) return &card;
    return nullptr;
}

std::string ModelController::currentName() const {
    if (info_) return info_->name;
    const ModelCard* card = currentCard();
    return card ? card->info.name : std::string();
}

void ModelController::note(RequestId request, const EngineEvent& event) {
    if (const auto* progress = std::get_if<LoadProgress>(&event)) {
        loading_ = request;
        idle_.stop();
        showProgress(progress->part);
    } else if (const auto* model = std::get_if<ModelLoaded>(&event)) {
        window_.hideLoading();
        loading_ = 0;
        if (model->info.path != current_) return; // chosen before the one that is wanted now
        info_ = model->info;
        setResidence(ui::ModelResidence::InMemory);
        emit confined(model->confinement);
        emit loaded();
    } else if (const auto* finished = std::get_if<AnswerFinished>(&event)) {
        if (info_) emit answered(*info_, finished->summary);
    } else if (std::holds_alternative<LoadFailed>(event)) {
        window_.hideLoading();
        loading_ = 0;
    } else if (std::holds_alternative<RequestDone>(event) && settings_.unloadMinutes > 0) {
        idle_.start(std::chrono::minutes(settings_.unloadMinutes));
    }
}

void ModelController::showProgress(double part) {
    const ModelCard* card = currentCard();
    const QFileInfo file(QString::fromStdString(current_));
    ui::ModelLoading loading;
    loading.name =
        card && !card->info.name.empty() ? QString::fromStdString(card->info.name) : file.completeBaseName();
    loading.totalBytes = card ? static_cast<qint64>(card->found.sizeBytes) : file.size();
    loading.loadedBytes = static_cast<qint64>(part * static_cast<double>(loading.totalBytes));
    window_.showLoading(loading);
}

void ModelController::cancelLoading() {
    if (loading_ != 0) engine_.cancel(loading_);
}

} // namespace ponder::app
