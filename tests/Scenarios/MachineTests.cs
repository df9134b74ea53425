using BcnnSim.Hardware;
using BcnnSim.Mapping;
using BcnnSim.Networks;
using BcnnSim.Tests.Harness;
using Xunit;

namespace BcnnSim.Tests.Scenarios;

public sealed class MachineTests
{
    [Fact]
    public void Random_networks_give_the_scores_of_the_reference()
    {
        int ran = 0;
        for (int seed = 1; ran < 25; seed++)
        {
            Network network = RandomNetworks.Plain(seed);
            if (network.Classifier is null)
            {
                continue;
            }

            ran++;
            AcceleratorProgram program = LayerMapper.Map(network, Designs.Reference("frameBuffer.wordsPerBank=4096", "activationBuffer.wordsPerBank=4096"));
            FrameSet frames = RandomNetworks.Frames(network, 3, seed);
            Accelerator machine = new(program, 3);
            for (int i = 0; i < 3; i++)
            {
                machine.LoadFrame(i, frames.Frames[i]);
            }

            machine.Simulation.Run();
            for (int i = 0; i < 3; i++)
            {
                ReferenceResult expected = ReferenceExecutor.Run(network, frames.Frames[i]);
                (int top, long[] scores) = machine.Result(i);
                Assert.True(expected.Scores.SequenceEqual(scores), $"seed {seed} frame {i}");
                Assert.Equal(expected.Class, top);
            }
        }
    }
}
