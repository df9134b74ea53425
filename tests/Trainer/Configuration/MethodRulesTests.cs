using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Pruning.Methods;
using Xunit;

namespace BcnnSim.Trainer.Tests.Configuration;

public class MethodRulesTests
{
    public static TheoryData<string> Names => [.. MethodRules.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_name_with_its_defaults_makes_the_method_of_that_name(string name)
    {
        var settings = new MethodSettings { Method = name };
        Assert.Empty(Broken(settings));
        Assert.Equal(name, settings.Create().Name);
    }

    [Fact]
    public void A_key_the_method_does_not_use_is_refused_by_its_place()
    {
        var settings = new MethodSettings { Method = "admm", Parameters = new() { Rho = 0.1, Lambda = 0.1, Bounded = true } };
        Assert.Equal(["pruning.parameters.lambda", "pruning.parameters.bounded"], Broken(settings));
    }

    [Fact]
    public void Magnitude_takes_no_numbers() =>
        Assert.Equal(["pruning.parameters.rho"], Broken(new() { Method = "magnitude", Parameters = new() { Rho = 0.1 } }));

    [Fact]
    public void An_unknown_name_is_refused_once() =>
        Assert.Equal(["pruning.method"], Broken(new() { Method = "luck", Parameters = new() { Rho = 0.1 } }));

    [Fact]
    public void Numbers_out_of_range_are_all_refused() => Assert.Equal(
        ["pruning.parameters.rho", "pruning.parameters.step", "pruning.parameters.m", "pruning.parameters.r", "pruning.parameters.rhoGrowth"],
        Broken(new() { Method = "slr", Parameters = new() { Rho = -1, Step = 0, M = 1, R = 0, RhoGrowth = 0.5 } }));

    [Fact]
    public void Two_steps_of_the_multipliers_are_refused() =>
        Assert.Equal(["pruning.parameters.step"], Broken(new() { Method = "admm", Parameters = new() { DualStep = 1, Step = 0.1 } }));

    [Theory]
    [InlineData("slr", true)]
    [InlineData("penalty", false)]
    [InlineData("admm", false)]
    public void Only_the_ablation_of_slr_may_run_without_penalty(string method, bool good) =>
        Assert.Equal(good, Broken(new() { Method = method, Parameters = new() { Rho = 0 } }).Count == 0);

    private static List<string> Broken(MethodSettings settings)
    {
        var places = new List<string>();
        MethodRules.Check(settings, "pruning", (good, place, _, _, _, _) =>
        {
            if (!good)
            {
                places.Add(place);
            }
        });
        return places;
    }
}
