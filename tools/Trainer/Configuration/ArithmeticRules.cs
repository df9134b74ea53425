using BcnnSim.Networks;
using BcnnSim.Trainer.Data;
using BcnnSim.Trainer.Layers;

namespace BcnnSim.Trainer.Configuration;

/// <summary>Which keys go with which arithmetic.</summary>
internal static class ArithmeticRules
{
    private const int MostPooling = 8;

    public static void Check(TrainerConfiguration c, RuleCheck rule)
    {
        rule(c.Arithmetic is null || ArithmeticNames.All.Contains(c.Arithmetic), "arithmetic", c.Arithmetic, $"must be one of {string.Join(", ", ArithmeticNames.All)}", "Leave it out for complex-binary");
        rule(c.IsReal || c.Norm != TrainedNorm.Bias, "norm", c.Norm, "may be bias in real networks only", "Leave it out", "arithmetic");
        rule(!c.IsReal || c.Norm is null or TrainedNorm.Batch or TrainedNorm.Bias, "norm", c.Norm, "must be batch or bias in real networks: they have no imaginary gain", "Leave it out", "arithmetic");
        rule(c.Kind != ArithmeticKind.ComplexFloat || c.Norm != TrainedNorm.Threshold, "norm", c.Norm, "must not be threshold in complex-float networks, which are not exported", "Use diagonal: it trains the same", "arithmetic");
        rule(c.IsReal || c.RealInput is null, "realInput", c.RealInput, "must be left out: complex networks read complex frames", "Leave it out", "arithmetic");
        rule(c.WeightBits is null or (>= 2 and <= 8), "weightBits", c.WeightBits, "must be null or lie in 2..8", "One bit is arithmetic real-binary");
        rule(c.WeightBits is null || c.Kind == ArithmeticKind.RealFloat, "weightBits", c.WeightBits, "must be left out unless arithmetic is real-float", "Leave it out", "arithmetic");
        CheckActivation(c, rule);
        CheckLayers(c, rule);
        rule(!c.IsReal || c.ValueFractionBits is null, "valueFractionBits", c.ValueFractionBits, "must be null in real networks: no machine holds their values", "Leave it out", "arithmetic");
        rule(!c.IsReal || c.Data.Transform != LearnedImaginary.TransformName, "data.transform", c.Data.Transform, "must not be learned-imaginary in real networks", "Use zero-imaginary", "arithmetic");
        rule(c.Kind != ArithmeticKind.ComplexBinary || c.Data.Transform != ImageFrameSource.Grey, "data.transform", c.Data.Transform, "must not be grey in complex-binary networks", "Use zero-imaginary or learned-imaginary", "arithmetic");
    }

    private static void CheckActivation(TrainerConfiguration c, RuleCheck rule)
    {
        bool binary = c.Kind is ArithmeticKind.ComplexBinary or ArithmeticKind.RealBinary;
        rule(!binary || c.Activation is null or ActivationKind.Sign, "activation", c.Activation, "must be sign in binary networks", "Leave it out", "arithmetic");
        rule(c.Activation != ActivationKind.Linear, "activation", c.Activation, "must be sign, hardtanh or relu", "relu is usual in float networks");
    }

    private static void CheckLayers(TrainerConfiguration c, RuleCheck rule)
    {
        for (int i = 0; i < c.Layers.Count; i++)
        {
            LayerSettings layer = c.Layers[i];
            string place = $"layers[{i}].maxPool";
            rule(layer.MaxPool is null or (>= 1 and <= MostPooling), place, layer.MaxPool, $"must lie in 1..{MostPooling}", "1 is no pooling");
            rule(c.IsReal || layer.MaxPool is null or 1, place, layer.MaxPool, "is of real networks only: the machine pools sums", "Use sumPool", "arithmetic");
            rule(layer.MaxPool is null or 1 || layer.SumPool == 1, place, layer.MaxPool, "must be 1 where sumPool is more", "Use one kind of pooling", $"layers[{i}].sumPool");
        }
    }
}
