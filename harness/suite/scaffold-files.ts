/** What `wattmark init` writes, by path within the suite's folder. */
export function scaffoldFiles(name: string): Readonly<Record<string, string>> {
  return {
    'README.md': readme(name),
    'suite.yaml': suiteYaml(name),
    'tasks/line-loss.yaml': NUMERIC,
    'tasks/isolation-order.yaml': CHOICE,
    'tasks/merit-order.yaml': DRAWN,
  };
}

const suiteYaml = (name: string) => `# One suite: its name stands at the head of every sample's id.
name: ${name}
# Raise the version whenever a question or a right answer changes, then run: wattmark suites lock
version: 0.1.0
title: { en: My suite, zh: 我的题库 }
description:
  en: A small example to start from.
  zh: 可在此基础上修改的小示例。
# Every text a model sees must be given in each of these. Leave one out to write a suite of one language.
languages: [en, zh]
licence: CC-BY-4.0
# Which task files belong to the suite; this is the default.
tasks: tasks/*.yaml
`;

const NUMERIC = `# A hand-written question with numbers: each case fills the prompt with its vars and names the right values.
id: line-loss
title: { en: Loss of a feeder, zh: 馈线线损 }
tier: basic
skills: [calculation]
tags: [quick]
# {{ name }} stands for a var. Filters format it: fixed, thousands, scale, significant, signed, percent, list.
prompt:
  en: |
    A three-phase feeder carries {{ i_a }} A in each phase; each phase conductor has a resistance of {{ r_ohm }} Ω.
    Neglect shunt losses. What is the total active power loss of the three conductors, and how much energy is lost
    in {{ hours }} h at that load?
  zh: |
    一条三相馈线每相电流为 {{ i_a }} A，每相导线电阻为 {{ r_ohm }} Ω，忽略并联损耗。
    求三相导线的总有功损耗，以及在该负荷下运行 {{ hours }} h 损失的电量。
# What a reply must state. How to state it is added to the prompt by the harness, in the prompt's language.
answer:
  loss:
    unit: kW
    describe: { en: total active power loss, zh: 总有功损耗 }
  energy:
    unit: kWh
    describe: { en: energy lost, zh: 损失电量 }
# A reply scores the weighted mean of its checks.
checks:
  - { kind: numeric, field: loss, rel: 0.5% }
  - { kind: numeric, field: energy, rel: 0.5%, weight: 2 }
cases:
  - id: cable-200a
    vars: { i_a: 200, r_ohm: 0.5, hours: 24 }
    # 3 · 200² · 0.5 = 60 000 W. A number is in the field's unit; text may carry a unit of its own.
    target: { loss: 60, energy: 1.44 MWh }
    # Wrong replies that people really give, and what each is worth: suites check proves it.
    mistakes:
      - name: one phase only
        reply: '{"loss": 20, "energy": 480}'
        score: 0
      - name: energy in the unit of power
        reply: '{"loss": 60, "energy": "1440 kW"}'
        score: [0.3, 0.4]
`;

const CHOICE = `# A hand-written question with options: ids are compared, labels are what the model reads.
id: isolation-order
title: { en: Taking a feeder out of service, zh: 线路停电操作 }
tier: basic
skills: [procedure]
tags: [quick, safety]
prompt:
  en: |
    A feeder is to be taken out of service for work. Its circuit-breaker has just been opened and its position
    has been checked. Which step comes next?
  zh: |
    某线路需停电检修，断路器已断开，并已检查其确在断开位置。下一步应进行哪项操作？
answer:
  next:
    type: choice
    options:
      line-side: { en: open the line-side isolator, zh: 拉开线路侧隔离开关 }
      bus-side: { en: open the bus-side isolator, zh: 拉开母线侧隔离开关 }
      earth: { en: close the earthing switch, zh: 合上接地刀闸 }
checks:
  - { kind: choice, field: next }
cases:
  - id: after-breaker
    target: { next: line-side }
    mistakes:
      - { name: bus side first, reply: '{"next": "bus-side"}', score: 0 }
      - { name: earthing a line not yet isolated, reply: '{"next": "earth"}', score: 0 }
`;

const DRAWN = `# A drawn question: the family merit-order makes a fresh problem from each seed, solves it, and knows typical mistakes.
id: merit-order
title: { en: Merit-order dispatch, zh: 机组经济调度 }
tier: basic
skills: [calculation, market]
generate:
  family: merit-order
  params: { units: [4, 8] } # fewest and most units
  seeds: 4 # public seeds 1 to 4; wattmark run --seeds 101-120 draws others
# Facts of the family are named as it names them; {% if %} asks for one that only some problems have.
prompt:
  en: |
    All units below are on and must meet a demand of {{ demand_mw | thousands }} MW in the next hour. Costs are the same
    for every MWh; leave out losses, reserve, the network, and start-up and no-load costs.

    | unit | capacity, MW | minimum output, MW | must run at least at, MW | cost, $/MWh |
    |---|---|---|---|---|
    {% for unit in units -%}
    | {{ unit.name }} | {{ unit.capacity_mw }} | {{ unit.p_min_mw }} | {% if unit.must_run_mw %}{{ unit.must_run_mw }}{% else %}–{% endif %} | {{ unit.cost | fixed: 1 }} |
    {% endfor %}
    Find the dispatch of least cost, the price (the cost of one more MW of demand) and the cost of the hour.
  zh: |
    下列机组均已并网运行，共同承担下一小时 {{ demand_mw }} MW 的负荷。各机组单位电量成本为常数，不计网损、备用、网络约束、启停费用和空载费用。

    | 机组 | 额定容量（MW） | 最小出力（MW） | 必开出力下限（MW） | 成本（元/MWh） |
    |---|---|---|---|---|
    {% for unit in units -%}
    | {{ unit.name }} | {{ unit.capacity_mw }} | {{ unit.p_min_mw }} | {% if unit.must_run_mw %}{{ unit.must_run_mw }}{% else %}—{% endif %} | {{ unit.cost | fixed: 1 }} |
    {% endfor %}
    请给出总成本最低的出力方案、边际电价（负荷增加 1 MW 所增加的成本）和本小时总成本。
# The family knows each field's type and unit; a unit given here is the one the model is asked for.
answer:
  price:
    unit: { en: $/MWh, zh: 元/MWh }
    describe: { en: the marginal price, zh: 边际电价 }
  total_cost:
    unit: { en: $/h, zh: 元/h }
    describe: { en: the cost of all units in the hour, zh: 全部机组的小时总成本 }
  dispatch:
    describe:
      en: 'MW of every unit, as an object: {"G1": 120, "G2": 80, …}'
      zh: '各机组出力（MW），写成对象：{"G1": 120, "G2": 80, …}'
# The family's mistakes say what they are worth under these weights, so suites check holds both to each other.
checks:
  - { kind: numeric, field: price, rel: 0.1% }
  - { kind: numeric, field: total_cost, rel: 0.5%, weight: 2 }
  - { kind: plan, field: dispatch, weight: 2 }
`;

const readme = (name: string) => `# ${name}

An example suite of Wattmark: three tasks in English and Chinese. Change them, or put your own beside them.

    wattmark suites check ./${name}     # the suite's tests of itself: reference replies, silence, mistakes
    wattmark suites show ./${name}      # what a model will be asked
    wattmark run ./${name}              # on the built-in baselines; add -m provider/model for a real one
    wattmark suites lock ./${name}      # writes suite.lock.json; from then on a change needs a new version

| task | kind |
|---|---|
| line-loss | hand-written, two numbers with units |
| isolation-order | hand-written, one of several options |
| merit-order | drawn from a problem family, a new problem for every seed |

## 说明

这是一个示例题库，含三道中英文题目，可直接修改，也可在 \`tasks/\` 下添加自己的题目。

- \`wattmark suites check ./${name}\`：题库自检，核对参考答案、空答和典型错误的得分
- \`wattmark suites show ./${name}\`：查看模型将看到的题目
- \`wattmark run ./${name}\`：先用内置基线试跑；加 \`-m 服务商/模型\` 评测真实模型
- \`wattmark suites lock ./${name}\`：生成 suite.lock.json，此后改动题目须提升版本号
`;
