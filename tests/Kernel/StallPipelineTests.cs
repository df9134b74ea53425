using BcnnSim.Kernel;
using Xunit;

namespace BcnnSim.Tests.Kernel;

public sealed class StallPipelineTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(63)]
    public void A_value_reaches_the_last_stage_after_depth_minus_one_shifts(int depth)
    {
        StallPipeline<int> pipeline = new(depth);
        Assert.True(pipeline.IsEmpty);
        pipeline.Shift();
        pipeline.Fill(42);
        for (int i = 1; i < depth; i++)
        {
            Assert.False(pipeline.LastValid);
            pipeline.Shift();
        }

        Assert.True(pipeline.LastValid);
        Assert.Equal(42, pipeline.Last);
        pipeline.Shift();
        Assert.True(pipeline.IsEmpty);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(64)]
    public void Depths_outside_1_to_63_are_refused(int depth) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new StallPipeline<int>(depth));

    /// <summary>Against an array of optional values that is copied one place on.</summary>
    [Fact]
    public void A_pipeline_equals_an_array_of_registers_over_random_shifts_and_stalls()
    {
        for (int seed = 1; seed <= 40; seed++)
        {
            Random random = new(seed);
            int depth = seed <= 5 ? seed : random.Next(1, 64);
            StallPipeline<int> pipeline = new(depth);
            int?[] model = new int?[depth];
            for (int cycle = 0; cycle < 2000; cycle++)
            {
                if (random.Next(4) > 0)
                {
                    Array.Copy(model, 0, model, 1, depth - 1);
                    model[0] = null;
                    pipeline.Shift();
                    if (random.Next(2) == 0)
                    {
                        model[0] = cycle;
                        pipeline.Fill(cycle);
                    }
                }

                string context = $"seed {seed}, depth {depth}, cycle {cycle}";
                Assert.True(pipeline.IsEmpty == model.All(v => v is null), context);
                Assert.True(pipeline.LastValid == model[^1].HasValue, context);
                Assert.True(model[^1] is not int last || last == pipeline.Last, context);
            }
        }
    }
}
