#include "ui/model_picker.h"

#include "ui/commands.h"
#include "ui/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/label.h"
#include "ui/widgets/model_row_button.h"
#include "ui/widgets/style_sheets.h"
#include "ui/widgets/tab_order.h"

#include <QFrame>
#include <QKeyEvent>
#include <QScreen>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>

namespace ponder::ui {

namespace {

constexpr int kGap = 6;
constexpr int kPadding = 8;
constexpr double kRowsShown = 6.5; // half a row says that there are more
constexpr int kChipHeight = 32;
// More of them are found sooner in the library, which has a search.
constexpr size_t kMostRows = 100;

} // namespace

ModelPicker::ModelPicker(Theme& theme, QWidget* parent)
    : PopupCard(theme, parent), list_(new QWidget), rows_(new QVBoxLayout(list_)),
      scroll_(new QScrollArea(this)), nothing_(new Label(theme, TextStyle::Control, &Colours::muted, this)),
      unload_(new Button(theme, ButtonLook::Quiet, this)) {
    setAccessibleName(tr("Models"));
    auto* heading = new Label(theme_, TextStyle::CaptionStrong, &Colours::muted, this);
    heading->setText(tr("Models on this computer"));
    heading->setContentsMargins(12, 6, 12, 6);
    nothing_->setText(tr("No models found yet."));
    nothing_->setContentsMargins(12, 4, 12, 10);
    rows_->setContentsMargins(0, 0, 0, 0);
    rows_->setSpacing(2);
    scroll_->setWidget(list_);
    scroll_->setWidgetResizable(true);
    scroll_->setFrameShape(QFrame::NoFrame);
    scroll_->setFocusPolicy(Qt::NoFocus);
    scroll_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll_->viewport()->setAutoFillBackground(false);
    list_->setAutoFillBackground(false);

    auto* open = new Button(theme_, ButtonLook::Quiet, this);
    open->setText(tr("Open a model file…"));
    open->setGlyph(Icon::File);
    open->setCommandTip(tr("A file that ends in .gguf"), Command::OpenModelFile);
    auto* all = new Button(theme_, ButtonLook::Quiet, this);
    all->setText(tr("All models…"));
    all->setGlyph(Icon::Chip);
    all->setCommandTip(tr("What they are, whether they fit, and new ones"), Command::Models);
    unload_->setText(tr("Unload from memory"));
    unload_->setGlyph(Icon::Close);
    unload_->setToolTip(tr("Frees the memory; the next message loads the model again"));
    unload_->hide();
    auto* line = new QFrame(this);
    line->setFixedHeight(1);
    line->setObjectName("line");
    line->setAutoFillBackground(true);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(kPadding, kPadding, kPadding, kPadding);
    column->setSpacing(0);
    column->addWidget(heading);
    column->addWidget(nothing_);
    column->addWidget(scroll_);
    column->addSpacing(6);
    column->addWidget(line);
    column->addSpacing(6);
    for (Button* button : {all, open, unload_}) {
        button->setTextStyle(TextStyle::Control);
        button->setTextAlignment(Qt::AlignLeft);
        button->setExtent(36);
        column->addWidget(button);
    }

    connect(open, &Button::clicked, this, [this] {
        close();
        emit openModelFileRequested();
    });
    connect(all, &Button::clicked, this, [this] {
        close();
        emit libraryRequested();
    });
    connect(unload_, &Button::clicked, this, [this] {
        close();
        emit unloadRequested();
    });
    connect(&theme_, &Theme::changed, this, &ModelPicker::takeTheme);
    takeTheme();
    rebuild();
}

ModelPicker::~ModelPicker() = default;

void ModelPicker::setModels(std::vector<ModelRow> models) {
    // Those that can run come first; otherwise the order is the giver's.
    std::stable_partition(models.begin(), models.end(),
                          [](const ModelRow& row) { return row.problem.isEmpty(); });
    if (models == models_) return;
    models_ = std::move(models);
    rebuild();
}

void ModelPicker::setCurrentModel(const QString& path) {
    current_ = path;
    const bool hasAll = models_.size() <= kMostRows;
    if (!hasAll && shownCurrent_ != current_) return rebuild();
    for (ModelRowButton* row : buttons_) row->setChecked(row->row().path == current_);
}

void ModelPicker::setResidence(ModelResidence residence) {
    unload_->setVisible(residence == ModelResidence::InMemory);
    if (isVisible()) fit();
}

void ModelPicker::rebuild() {
    // One of them may be what was pressed just now.
    for (ModelRowButton* row : buttons_) {
        row->hide();
        row->deleteLater();
    }
    buttons_.clear();
    shownCurrent_ = current_;
    for (const ModelRow& model : models_) {
        if (buttons_.size() >= kMostRows && model.path != current_) continue;
        auto* row = new ModelRowButton(theme_, model, list_);
        row->setChecked(model.path == current_);
        connect(row, &ModelRowButton::clicked, this, [this, row, path = model.path] {
            row->setChecked(path == current_);
            close();
            emit modelChosen(path);
        });
        rows_->addWidget(row);
        buttons_.push_back(row);
    }
    nothing_->setVisible(models_.empty());
    scroll_->setVisible(!models_.empty());
    if (isVisible()) fit();
}

void ModelPicker::fit() {
    if (!buttons_.empty()) {
        const QSize one = buttons_.front()->sizeHint();
        const int all = int(buttons_.size()) * (one.height() + rows_->spacing()) - rows_->spacing();
        const int most = int(kRowsShown * (one.height() + rows_->spacing()));
        scroll_->setFixedHeight(std::min(all, most));
        scroll_->setMinimumWidth(one.width());
    }
    tabAsLaidOut(*this);
    layout()->activate();
    resize(sizeHint());
}

void ModelPicker::popUp(const QPoint& corner) {
    ensurePolished();
    fit();
    const QRect screen = parentWidget() ? parentWidget()->screen()->availableGeometry() : QRect();
    QPoint place(corner.x() - kShadow, corner.y() - kGap - height() + kShadow);
    if (screen.isValid()) {
        if (place.y() + kShadow < screen.top())
            place.setY(corner.y() + theme_.scaled(kChipHeight) + kGap - kShadow);
        place.setX(std::clamp(place.x(), screen.left(), std::max(screen.left(), screen.right() - width())));
    }
    move(place);
    show();
    // The keyboard begins at the current model.
    const auto chosen = std::find_if(buttons_.begin(), buttons_.end(),
                                     [](const auto* row) { return row->isChecked() && row->isEnabled(); });
    if (chosen != buttons_.end()) {
        (*chosen)->setFocus(Qt::PopupFocusReason);
        scroll_->ensureWidgetVisible(*chosen);
    } else {
        focusNextChild();
    }
}

void ModelPicker::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
    case Qt::Key_Escape:
        close();
        return;
    case Qt::Key_Down:
        focusNextChild();
        return;
    case Qt::Key_Up:
        focusPreviousChild();
        return;
    default:
        PopupCard::keyPressEvent(event);
    }
}

void ModelPicker::takeTheme() {
    QPalette colours = palette();
    colours.setColor(QPalette::Window, theme_.colours().border);
    findChild<QFrame*>("line")->setPalette(colours);
    scroll_->verticalScrollBar()->setStyleSheet(scrollBarStyle(theme_));
}

} // namespace ponder::ui
