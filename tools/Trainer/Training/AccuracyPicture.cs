using OxyPlot.Axes;

namespace BcnnSim.Trainer.Training;

/// <summary>Accuracies, from 0 to 1 or, where they lie close together, over their own range: learning curves, accuracy by SNR.</summary>
public sealed class AccuracyPicture(string title, string horizontalTitle, double? horizontalMinimum = null, bool ownRange = false, string verticalTitle = "accuracy") : LinePicture(
    title,
    new LinearAxis { Title = horizontalTitle, Minimum = horizontalMinimum ?? double.NaN, MaximumPadding = 0.03 },
    ownRange ? new LinearAxis { Title = verticalTitle, AxisTitleDistance = 18, MinimumPadding = 0.05, MaximumPadding = 0.05 } : new LinearAxis { Title = verticalTitle, AxisTitleDistance = 18, Minimum = 0, Maximum = 1 });
