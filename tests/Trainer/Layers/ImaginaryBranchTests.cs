using BcnnSim.Networks;
using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;
using Xunit;

namespace BcnnSim.Trainer.Tests.Layers;

public class ImaginaryBranchTests
{
    private const int Bits = 4;
    private static readonly MapShape Shape = new(7, 5, 3);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Parameters_match_finite_differences_of_a_weighted_sum_of_the_output(int seed)
    {
        using ImaginaryBranch<double> branch = Branch<double>(seed, onGrid: false);
        using var input = new FeatureBatch<double>(20, Shape);
        SeededValues.Fill(seed, input.Values, -15, 15);
        SeededValues.Fill(seed + 50, branch.OutputGradient.Span, -1, 1);
        var work = new WorkSplit(2);
        branch.Forward(input, true, work);
        branch.Backward(input, work);
        int compared = 0;
        foreach (Parameter<double> parameter in branch.State.Parameters())
        {
            double[] expected = [.. parameter.Gradient];
            for (int i = 0; i < expected.Length; i++, compared++)
            {
                double slope = Slope(branch, input, parameter.Value, i, work);
                Assert.True(Math.Abs(slope - expected[i]) < 1e-6 * Math.Max(1, Math.Abs(slope)), $"{parameter.Name}[{i}]: {slope} against {expected[i]}, seed {seed}");
            }
        }

        Assert.Equal(33, compared);
    }

    [Fact]
    public void The_gradient_passes_the_grid_unchanged_and_stops_where_the_output_is_clipped()
    {
        using ImaginaryBranch<double> smooth = Branch<double>(4, onGrid: false), gridded = Branch<double>(4, onGrid: true);
        using var input = new FeatureBatch<double>(20, Shape);
        SeededValues.Fill(4, input.Values, -15, 15);
        foreach (ImaginaryBranch<double> branch in new[] { smooth, gridded })
        {
            SeededValues.Fill(54, branch.OutputGradient.Span);
            branch.Forward(input, true, new WorkSplit(1));
            branch.Backward(input, new WorkSplit(1));
        }

        Assert.Equal(smooth.State.Gradients, gridded.State.Gradients);
        int clipped = input.Values.ToArray().Where((v, i) => i % 6 >= 3 && Math.Abs(v) == 15).Count();
        Assert.InRange(clipped, 1, input.Values.Length / 4);
        Array.Fill(gridded.State.Bias, 100);
        gridded.Forward(input, true, new WorkSplit(1));
        gridded.Backward(input, new WorkSplit(1));
        Assert.All(gridded.State.Gradients, g => Assert.All(g, value => Assert.Equal(0, value)));
    }

    [Fact]
    public void Outputs_lie_on_the_grid_and_real_lanes_are_left_alone_and_a_second_pass_changes_nothing()
    {
        using ImaginaryBranch<float> branch = Branch<float>(5, onGrid: true);
        using FeatureBatch<float> input = Grid(5);
        float[] before = input.Values.ToArray();
        branch.Forward(input, false, new WorkSplit(2));
        float[] once = input.Values.ToArray();
        branch.Forward(input, false, new WorkSplit(1));
        Assert.Equal(once, input.Values.ToArray());
        for (int i = 0; i < once.Length; i++)
        {
            Assert.True(i % 6 < 3 ? once[i] == before[i] : once[i] % 2 != 0 && Math.Abs(once[i]) <= 15, $"lane {i}: {once[i]}");
        }

        Assert.True(once.Where((_, i) => i % 6 >= 3).Distinct().Count() > 4, "the branch gives hardly any values");
    }

    [Fact]
    public void Threads_do_not_change_a_bit_of_outputs_statistics_or_gradients()
    {
        float[] one = Pass(1);
        Assert.Equal(one, Pass(2));
        Assert.Equal(one, Pass(3));
    }

    private static float[] Pass(int threads)
    {
        using ImaginaryBranch<float> branch = Branch<float>(6, onGrid: true);
        using FeatureBatch<float> input = Grid(6);
        SeededValues.Fill(60, branch.OutputGradient.Span);
        var work = new WorkSplit(threads);
        branch.Forward(input, true, work);
        branch.Backward(input, work);
        return [.. input.Values, .. branch.State.Statistics().SelectMany(s => s.Value), .. branch.State.Gradients.SelectMany(g => g)];
    }

    private static FeatureBatch<float> Grid(int seed)
    {
        var input = new FeatureBatch<float>(40, Shape);
        SeededValues.Fill(seed, input.Values, 0, 15.999);
        foreach (ref float value in input.Values)
        {
            value = (2 * MathF.Floor(value)) - 15;
        }

        return input;
    }

    private static ImaginaryBranch<T> Branch<T>(int seed, bool onGrid)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        var branch = new ImaginaryBranch<T>(Shape, Bits, 40, onGrid);
        foreach (Parameter<T> parameter in branch.State.Parameters())
        {
            double[] noise = SeededValues.Uniform(seed++, parameter.Value.Length);
            for (int i = 0; i < noise.Length; i++)
            {
                parameter.Value[i] += T.CreateChecked(noise[i]);
            }
        }

        return branch;
    }

    private static double Slope(ImaginaryBranch<double> branch, FeatureBatch<double> input, double[] value, int index, WorkSplit work)
    {
        const double Step = 1e-6;
        double keep = value[index];
        double At(double x)
        {
            value[index] = x;
            branch.Forward(input, true, work);
            double sum = 0;
            for (int i = 0; i < input.Values.Length / 2; i++)
            {
                sum += branch.OutputGradient.Span[i] * input.Values[(i / 3 * 6) + 3 + (i % 3)];
            }

            return sum;
        }

        double slope = (At(keep + Step) - At(keep - Step)) / (2 * Step);
        value[index] = keep;
        return slope;
    }
}
