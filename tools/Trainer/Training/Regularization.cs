using BcnnSim.Trainer.Layers;

namespace BcnnSim.Trainer.Training;

/// <summary>What holds a network back from learning its frames by heart; 0 leaves a number out.</summary>
/// <param name="WeightDecay">Half of it times the squared norm of all weights is added to the loss; biases, gains and shifts go free.</param>
/// <param name="LabelSmoothing">Share of the target that all classes get alike.</param>
/// <param name="Dropout">Share of the values of fully connected layers and of the last one set to 0 in a step.</param>
public sealed record Regularization(double WeightDecay, double LabelSmoothing, double Dropout)
{
    /// <summary>Adds d(decay)/d(weights) to the gradients of the loss.</summary>
    public void AddDecay(IReadOnlyList<Parameter<float>> parameters)
    {
        float decay = (float)WeightDecay;
        foreach (Parameter<float> parameter in decay == 0 ? [] : parameters.Where(IsWeight))
        {
            for (int i = 0; i < parameter.Gradient.Length; i++)
            {
                parameter.Gradient[i] += decay * parameter.Value[i];
            }
        }
    }

    // As the networks name them: the other names are gains, shifts and biases.
    private static bool IsWeight(Parameter<float> parameter) => Path.GetExtension(parameter.Name) is ".weight" or ".weight1" or ".weight2" or ".re" or ".im";
}
