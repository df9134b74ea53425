using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Layers.Real;
using BcnnSim.Trainer.Tests.Layers.Real;
using BcnnSim.Trainer.Training;
using Xunit;

namespace BcnnSim.Trainer.Tests.Training;

public class RegularizationTests
{
    /// <summary>Slope of decay/2 ||W||^2 on weights, nothing on gains and shifts.</summary>
    [Fact]
    public void Decay_pulls_weights_alone()
    {
        using var real = new RealNet<float>(RealShapes.Chain(false), 2, new(0, ActivationKind.Relu));
        using var complex = new ComplexNet<float>(SmallNetworks.Shape(), 2);
        foreach (INetwork net in new INetwork[] { real, complex })
        {
            foreach (Parameter<float> parameter in net.Parameters())
            {
                Array.Fill(parameter.Value, 3);
                Array.Fill(parameter.Gradient, 1);
            }

            new Regularization(0.5, 0, 0).AddDecay(net.Parameters());
            foreach (Parameter<float> parameter in net.Parameters())
            {
                bool held = parameter.Name.Contains("gain", StringComparison.Ordinal) || parameter.Name.Contains("shift", StringComparison.Ordinal);
                Assert.All(parameter.Gradient, value => Assert.Equal(held ? 1f : 2.5f, value));
            }
        }
    }
}
